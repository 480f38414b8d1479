package io.jobqueue.store.redis;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.HostAndPortMapper;
import redis.clients.jedis.JedisClientConfig;

/** Whether jobs and passwords go over a network in plain text. */
final class PlainText {

    private static final int MOST_NAMED = 3;

    private final RedisConnection connection;
    private final Resolver resolver;

    PlainText(RedisConnection connection) {
        this(connection, InetAddress::getAllByName);
    }

    PlainText(RedisConnection connection, Resolver resolver) {
        this.connection = connection;
        this.resolver = resolver;
    }

    /**
     * Returns what its operator should know; empty when all is on this machine, by TLS, or accepted. Blocks no longer
     * than connecting did: only the names of servers that were reached are looked up, and Java still has their addresses.
     *
     * @param reached the servers of the jobs that have just been connected to
     */
    Optional<String> warning(Collection<HostAndPort> reached) {
        if (connection.acceptPlainText) {
            return Optional.empty();
        }
        List<String> elsewhere = new ArrayList<>();
        JedisClientConfig toJobs = RedisSockets.toJobs(connection);
        if (!toJobs.isSsl()) {
            reached.stream()
                    .filter(server -> !isHere(mapped(server, toJobs.getHostAndPortMapper())))
                    .forEach(server -> elsewhere.add(named(server)));
        }
        if (!connection.usesTls()) {
            connection.servers.watchers().stream()
                    .filter(watcher -> !isLoopback(watcher.host()))
                    .forEach(watcher -> elsewhere.add(watcher.toString()));
        }
        return elsewhere.isEmpty() ? Optional.empty() : Optional.of(text(elsewhere));
    }

    private static String text(List<String> servers) {
        String few = servers.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        String more = servers.size() > MOST_NAMED ? " and " + (servers.size() - MOST_NAMED) + " more" : "";
        return "redis at " + few + more
                + ": is spoken to in plain text over a network, so whoever listens there reads what"
                + " is sent, passwords too; use TLS (rediss://, jobqueue.store.redis.ssl.enabled), or accept it on a network"
                + " of your own (RedisConnection.Builder.acceptPlainText, jobqueue.store.redis.accept-plain-text)";
    }

    private static String named(HostAndPort server) {
        return new RedisNode(server.getHost(), server.getPort()).toString();
    }

    private static String mapped(HostAndPort server, @Nullable HostAndPortMapper mapper) {
        HostAndPort other = mapper == null ? null : mapper.getHostAndPort(server);
        return (other == null ? server : other).getHost();
    }

    private boolean isHere(String host) {
        if (isLoopback(host)) {
            return true;
        }
        try {
            return Stream.of(resolver.resolve(host)).allMatch(PlainText::isLoopback);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** A name is not looked up: servers that were not reached may have one that nobody answers for. */
    private static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return true;
        }
        if (name.indexOf(':') < 0 && !name.matches("[0-9.]+")) {
            return false;
        }
        try {
            return isLoopback(InetAddress.getByName(name));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isLoopback(InetAddress address) {
        return address.isLoopbackAddress() || address.isAnyLocalAddress();
    }

    /** Looks names up. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }
}
