package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Hears channels on the nodes of a cluster that have their slots: one connection a node. A thread puts every channel
 * where it belongs, when one is added or lost, and from time to time in case nobody has told of a move.
 */
final class ShardSubscriber implements ChannelSubscriber {

    private static final Logger log = LoggerFactory.getLogger(ShardSubscriber.class);
    private static final long PROBE_MILLIS = 10_000;
    private static final long AGAIN_MILLIS = 250;

    private final RedisTopology topology;
    private final Function<HostAndPort, Connection> connections;
    private final RedisFailures failures;
    private final AtomicBoolean toldRefusal = new AtomicBoolean();
    private final ChannelAudience audience = new ChannelAudience();
    private final Map<HostAndPort, ShardLine> lines = new HashMap<>();
    private final Semaphore changes = new Semaphore(0);
    private @Nullable Thread placing;
    private volatile boolean closed;

    /** @param failures says why a node refused to let channels be heard */
    ShardSubscriber(RedisTopology topology, Function<HostAndPort, Connection> connections, RedisFailures failures) {
        this.topology = topology;
        this.connections = connections;
        this.failures = failures;
    }

    @Override
    public synchronized void add(ChannelSubscription subscription) {
        audience.add(subscription);
        if (placing == null && !closed) {
            placing = new Thread(this::place, "jobqueue-redis-shards");
            placing.setDaemon(true);
            placing.start();
        }
        changes.release();
    }

    @Override
    public void remove(ChannelSubscription subscription) {
        audience.remove(subscription);
        changes.release();
    }

    ChannelAudience audience() {
        return audience;
    }

    Connection open(HostAndPort server) {
        return connections.apply(server);
    }

    /** A line broke, or lost a channel: others may have the slots now. */
    void lost() {
        topology.lookAgain();
        changes.release();
    }

    /**
     * Returns whether a node refused to let channels be heard for want of a right, which is told once: it stays so until
     * somebody changes the user, and what is told by messages is late meanwhile.
     */
    boolean isRefusal(JedisException failure) {
        if (!String.valueOf(failure.getMessage()).startsWith("NOPERM")) {
            return false;
        }
        if (toldRefusal.compareAndSet(false, true)) {
            log.warn(
                    "Messages of queues cannot be heard, so cancels and events come late: {}",
                    failures.explain(failure).getMessage());
        }
        return true;
    }

    /** A node lets its channels be heard. */
    void heard() {
        toldRefusal.set(false);
    }

    /** A node said that it has not the slot of a channel. */
    void moved(Connection witness) {
        topology.lookAgain(witness);
        changes.release();
    }

    private void place() {
        long pause = 0;
        while (awaitChange(pause)) {
            try {
                arrange(places());
                pause = PROBE_MILLIS;
            } catch (JedisException e) {
                log.debug("The nodes of the cluster do not say who has which slot; asked again", e);
                pause = AGAIN_MILLIS;
            }
        }
        arrange(Map.of());
    }

    /** Returns false when the subscriber was closed. */
    private boolean awaitChange(long atMostMillis) {
        try {
            changes.tryAcquire(atMostMillis, TimeUnit.MILLISECONDS);
            changes.drainPermits();
        } catch (InterruptedException e) {
            return false;
        }
        return !closed;
    }

    private Map<HostAndPort, Set<String>> places() {
        Map<HostAndPort, Set<String>> places = new HashMap<>();
        for (String channel : audience.channels()) {
            places.computeIfAbsent(topology.master(channel.getBytes(UTF_8)), server -> new HashSet<>())
                    .add(channel);
        }
        return places;
    }

    /** The new place is taken before the old one is left: what comes twice is a hint, what does not come is missed. */
    private void arrange(Map<HostAndPort, Set<String>> places) {
        places.forEach((server, channels) ->
                lines.computeIfAbsent(server, node -> new ShardLine(node, this)).hear(channels));
        lines.values().removeIf(line -> {
            if (places.containsKey(line.server())) {
                return false;
            }
            line.close();
            return true;
        });
    }

    @Override
    public void close() {
        closed = true;
        changes.release();
    }
}
