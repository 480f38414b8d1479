package io.jobqueue.testkit;

import io.jobqueue.store.redis.RedisConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.MigrateParams;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Three masters, each with a replica, on loopback; a replica takes over about two seconds after its master is silent. */
public final class RedisCluster implements AutoCloseable {

    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<RedisServer> servers = new ArrayList<>();
    private final List<Integer> buses = new ArrayList<>();

    private final int masters;

    private RedisCluster(int masters) {
        this.masters = masters;
    }

    /** Starts all; returns when every node knows all others and the replicas are in sync. */
    public static RedisCluster start() {
        return start(MASTERS, 2 * MASTERS);
    }

    /** Starts a cluster that keeps nothing twice; 1 master or more. */
    public static RedisCluster startWithoutReplicas(int masters) {
        return start(masters, masters);
    }

    private static RedisCluster start(int masters, int servers) {
        RedisCluster cluster = new RedisCluster(masters);
        try {
            for (int i = 0; i < servers; i++) {
                cluster.startServer();
            }
            cluster.introduce();
            cluster.giveSlots();
            cluster.replicate();
            cluster.awaitHealth();
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** A bus port of its own, since port + 10000 may be taken or too large. */
    private void startServer() {
        int bus = RedisServer.freePort();
        buses.add(bus);
        servers.add(RedisServer.start(
                "--cluster-enabled",
                "yes",
                "--cluster-port",
                String.valueOf(bus),
                "--cluster-node-timeout",
                "2000",
                "--cluster-replica-validity-factor",
                "0",
                "--repl-diskless-sync-delay",
                "0",
                "--save",
                "",
                "--appendonly",
                "no"));
    }

    private void introduce() {
        for (int i = 0; i < servers.size(); i++) {
            try (Jedis node = servers.get(i).commands()) {
                command(node, "SET-CONFIG-EPOCH", String.valueOf(i + 1));
                if (i > 0) {
                    command(node, "MEET", "127.0.0.1", port(0), String.valueOf(buses.get(0)));
                }
            }
        }
        Patience.until(
                "every node knows all",
                PATIENCE,
                () -> servers.stream().allMatch(server -> nodes(server).size() == servers.size()));
    }

    private void giveSlots() {
        for (int i = 0; i < masters; i++) {
            try (Jedis node = servers.get(i).commands()) {
                node.clusterAddSlotsRange(SLOTS * i / masters, SLOTS * (i + 1) / masters - 1);
            }
        }
    }

    private void replicate() {
        for (int i = 0; masters + i < servers.size(); i++) {
            try (Jedis master = servers.get(i).commands();
                    Jedis replica = servers.get(masters + i).commands()) {
                replica.clusterReplicate(master.clusterMyId());
            }
        }
    }

    /** Returns a connection with all nodes as seeds. */
    public RedisConnection connection() {
        return RedisConnection.builder()
                .cluster(servers.stream()
                        .map(server -> "127.0.0.1:" + server.port())
                        .toList())
                .customize(TestedProtocol::choose)
                .build();
    }

    /** Returns where the nodes listen, for a client of the test's own. */
    public List<HostAndPort> nodes() {
        return servers.stream()
                .map(server -> new HostAndPort("127.0.0.1", server.port()))
                .toList();
    }

    /** Returns the node that says it is in charge of the slot of a key, as {@code {prefix:queue}}. */
    public RedisServer masterOf(String key) {
        return masterOfSlot(JedisClusterCRC16.getSlot(key));
    }

    private RedisServer masterOfSlot(int slot) {
        return servers.stream()
                .filter(server -> hasSlot(server, slot))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no node says that it has slot " + slot));
    }

    /** Returns the replica of a master. */
    public RedisServer replicaOf(RedisServer master) {
        String id = id(master);
        return servers.stream()
                .filter(server -> myself(server).contains("slave " + id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("port " + master.port() + " has no replica"));
    }

    /** Returns when a node other than {@code former} is in charge of the slot of a key. */
    public RedisServer awaitMasterOtherThan(RedisServer former, String key) {
        int slot = JedisClusterCRC16.getSlot(key);
        Patience.until(
                "another node has slot " + slot,
                PATIENCE,
                () -> servers.stream().anyMatch(server -> server != former && hasSlot(server, slot)));
        return servers.stream()
                .filter(server -> server != former && hasSlot(server, slot))
                .findFirst()
                .orElseThrow();
    }

    /** Lets the replica of a master take over while both live; returns when it has. */
    public void failOver(String key) {
        RedisServer former = masterOf(key);
        try (Jedis replica = replicaOf(former).commands()) {
            replica.clusterFailover();
        }
        awaitMasterOtherThan(former, key);
        int slot = JedisClusterCRC16.getSlot(key);
        Patience.until(
                "the former master has stepped back",
                PATIENCE,
                () -> servers.stream().filter(server -> hasSlot(server, slot)).count() == 1);
        awaitHealth();
    }

    /** Gives the slot of a key, with all its keys, to another master. */
    public void moveSlot(String key) {
        finishMove(key, beginMove(key));
    }

    /** Opens the slot of a key for a move to another master, which is returned; no key is moved. */
    public RedisServer beginMove(String key) {
        int slot = JedisClusterCRC16.getSlot(key);
        RedisServer from = masterOfSlot(slot);
        RedisServer to =
                masters().stream().filter(server -> server != from).findFirst().orElseThrow();
        try (Jedis source = from.commands();
                Jedis target = to.commands()) {
            target.clusterSetSlotImporting(slot, source.clusterMyId());
            source.clusterSetSlotMigrating(slot, target.clusterMyId());
        }
        return to;
    }

    /** Moves the keys of a slot, and then tells both masters who has it. */
    public void finishMove(String key, RedisServer to) {
        int slot = JedisClusterCRC16.getSlot(key);
        RedisServer from = masterOfSlot(slot);
        try (Jedis source = from.commands();
                Jedis target = to.commands()) {
            for (List<String> keys = source.clusterGetKeysInSlot(slot, 100);
                    !keys.isEmpty();
                    keys = source.clusterGetKeysInSlot(slot, 100)) {
                source.migrate(
                        "127.0.0.1", to.port(), 5_000, MigrateParams.migrateParams(), keys.toArray(String[]::new));
            }
            target.clusterSetSlotNode(slot, target.clusterMyId());
            source.clusterSetSlotNode(slot, target.clusterMyId());
        }
    }

    /** Returns the nodes that are masters and live. */
    public List<RedisServer> masters() {
        return servers.stream()
                .filter(server -> myself(server).contains("master"))
                .toList();
    }

    /** Returns how often a command was called on each node that lives, by port. */
    public Map<Integer, Long> calls(String command) {
        Map<Integer, Long> calls = new TreeMap<>();
        for (RedisServer server : servers) {
            try {
                calls.put(server.port(), server.calls(command));
            } catch (JedisException e) {
                calls.remove(server.port());
            }
        }
        return calls;
    }

    /** Returns how often the masters have refused a call with a word, such as {@code TRYAGAIN}. */
    public long refusals(String word) {
        String counter = "errorstat_" + word + ":count=";
        return masters().stream()
                .mapToLong(master -> {
                    try (Jedis node = master.commands()) {
                        return node.info("errorstats")
                                .lines()
                                .filter(line -> line.startsWith(counter))
                                .mapToLong(line -> Long.parseLong(
                                        line.substring(counter.length()).trim()))
                                .sum();
                    }
                })
                .sum();
    }

    /** Returns when every living node finds the cluster whole, and every living replica is in sync. */
    public void awaitHealth() {
        Patience.until(
                "the cluster is whole",
                PATIENCE,
                () -> servers.stream().filter(RedisServer::isRunning).allMatch(RedisCluster::isWhole));
        Patience.until(
                "the replicas are in sync",
                PATIENCE,
                () -> servers.stream()
                        .filter(RedisServer::isRunning)
                        .allMatch(server -> myself(server).contains("master") || server.isReplicaInSync()));
    }

    private static boolean isWhole(RedisServer server) {
        try (Jedis node = server.commands()) {
            return node.clusterInfo().contains("cluster_state:ok");
        }
    }

    private static boolean hasSlot(RedisServer server, int slot) {
        String myself = myself(server);
        if (!myself.contains("master")) {
            return false;
        }
        String[] parts = myself.split(" ", -1);
        for (int i = 8; i < parts.length; i++) {
            String[] ends = parts[i].split("-", -1);
            if (!parts[i].startsWith("[")
                    && Integer.parseInt(ends[0]) <= slot
                    && slot <= Integer.parseInt(ends[ends.length - 1])) {
                return true;
            }
        }
        return false;
    }

    private static String id(RedisServer server) {
        return myself(server).split(" ", -1)[0];
    }

    /** Returns what a node says of itself; empty when it does not answer. */
    private static String myself(RedisServer server) {
        return nodes(server).stream()
                .filter(line -> line.contains("myself"))
                .findFirst()
                .orElse("");
    }

    private static List<String> nodes(RedisServer server) {
        try (Jedis node = server.commands()) {
            return node.clusterNodes().lines().toList();
        } catch (JedisException e) {
            return List.of();
        }
    }

    private static void command(Jedis node, String... arguments) {
        node.sendCommand(Protocol.Command.CLUSTER, arguments);
    }

    private String port(int index) {
        return String.valueOf(servers.get(index).port());
    }

    @Override
    public void close() {
        servers.forEach(RedisServer::close);
    }
}
