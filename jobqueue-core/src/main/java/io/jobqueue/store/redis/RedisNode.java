package io.jobqueue.store.redis;

import io.jobqueue.InvalidJobException;
import io.jobqueue.Names;
import io.jobqueue.Values;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/** Where one of several servers listens. */
record RedisNode(String host, int port) {

    private static final Pattern FORM =
            Pattern.compile("(?:\\[(?<v6>[0-9A-Fa-f:.%]+)]|(?<host>[^\\s:@/\\[\\]]+))(?::(?<port>[0-9]{1,5}))?");
    private static final int LARGEST_PORT = 65_535;

    /**
     * Returns the nodes, each once, in the order given.
     *
     * @param what what they are, for the message
     * @param defaultPort the port of a node that names none
     * @throws InvalidJobException when there is none, or one of them is not {@code host:port}
     */
    static Set<RedisNode> parse(String what, @Nullable Collection<String> nodes, int defaultPort) {
        Set<RedisNode> parsed = new LinkedHashSet<>();
        for (String node : Values.require(what, nodes, "give at least one as host:port")) {
            parsed.add(parse(what, node, defaultPort));
        }
        if (parsed.isEmpty()) {
            throw new InvalidJobException(what + ": is empty; give at least one as host:port");
        }
        return parsed;
    }

    private static RedisNode parse(String what, @Nullable String node, int defaultPort) {
        String given = Values.require(what, node, "give host:port");
        Matcher parts = FORM.matcher(given.strip());
        int port = parts.matches() && parts.group("port") != null ? Integer.parseInt(parts.group("port")) : defaultPort;
        if (!parts.matches() || port < 1 || port > LARGEST_PORT) {
            throw new InvalidJobException(what + " '" + shown(given)
                    + "': is not host:port with a port of 1 to 65535; user and password have settings of their own");
        }
        return new RedisNode(parts.group("v6") != null ? parts.group("v6") : parts.group("host"), port);
    }

    /** Whoever writes a password before the host must not find it in a log. */
    private static String shown(String node) {
        return Names.shown(node.substring(node.lastIndexOf('@') + 1));
    }

    static Set<HostAndPort> addresses(Set<RedisNode> nodes) {
        return nodes.stream().map(RedisNode::address).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static String describe(Set<RedisNode> nodes) {
        return nodes.stream().map(RedisNode::toString).collect(Collectors.joining(","));
    }

    HostAndPort address() {
        return new HostAndPort(host, port);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 || host.startsWith("[") ? host : "[" + host + "]") + ":" + port;
    }
}
