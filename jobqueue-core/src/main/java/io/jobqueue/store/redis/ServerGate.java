package io.jobqueue.store.redis;

import io.jobqueue.UnsuitableStoreException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Lets calls through when the servers have been reached once and may keep jobs. Until then every call asks, so a server
 * that is away at first is judged when it comes up, and one that was refused when it has been changed. Thread-safe.
 */
final class ServerGate {

    private static final Logger log = LoggerFactory.getLogger(ServerGate.class);
    private static final CommandObject<String> INFO =
            new CommandObject<>(new CommandArguments(Protocol.Command.INFO), BuilderFactory.STRING);

    private final RedisTopology topology;
    private final boolean acceptEviction;
    private final PlainText plainText;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile boolean open;

    /** @param connection what leads to the servers of {@code topology} */
    ServerGate(RedisTopology topology, RedisConnection connection) {
        this.topology = topology;
        acceptEviction = connection.acceptEviction;
        plainText = new PlainText(connection);
    }

    /** Returns the client, whose calls now pass this gate. */
    CallClient before(CallClient client) {
        return new Guarded(client, this);
    }

    /**
     * Returns when the servers may keep jobs, as far as they can be asked.
     *
     * @throws UnsuitableStoreException when one of them must not
     * @throws JedisConnectionException when none of them answers
     */
    private void pass() {
        if (open) {
            return;
        }
        Set<String> warnings = new LinkedHashSet<>();
        Set<String> unknown = new LinkedHashSet<>();
        JedisConnectionException silence = null;
        Set<HostAndPort> reached = new LinkedHashSet<>();
        for (HostAndPort server : topology.masters()) {
            try {
                ServerVerdict verdict = ServerVerdict.of(ask(server), server.toString(), acceptEviction);
                warnings.addAll(verdict.warnings());
                unknown.addAll(verdict.unknown());
                reached.add(server);
            } catch (JedisConnectionException e) {
                silence = e;
            }
        }
        if (reached.isEmpty() && silence != null) {
            throw neverSent(silence);
        }
        topology.dropIdle(); // what an idle connection has not noticed would be the first call's to find out
        open = true;
        if (told.compareAndSet(false, true)) {
            plainText.warning(reached).ifPresent(warnings::add);
            tell(warnings, unknown);
        }
    }

    /** Whatever the call behind the gate was, it did not happen. */
    private JedisConnectionException neverSent(JedisConnectionException silence) {
        topology.dropIdle();
        topology.lookAgain();
        String message = String.valueOf(silence.getMessage());
        return RedisFailures.sayNotSent(message)
                ? silence
                : new JedisConnectionException(RedisFailures.NOT_SENT + ": " + message, silence);
    }

    private static void tell(Set<String> warnings, Set<String> unknown) {
        warnings.forEach(log::warn);
        if (!unknown.isEmpty()) {
            log.info(
                    "The redis of the jobs does not tell its {}: see to it yourself that it does not evict keys",
                    String.join(", ", unknown));
        }
    }

    /** A server that forbids the question is one of which nothing is known. */
    private ServerFacts ask(HostAndPort server) {
        try (Connection connection = topology.borrow(server)) {
            return ServerFacts.read(connection.executeCommand(INFO));
        } catch (JedisDataException e) {
            if (isForbidden(e)) {
                return ServerFacts.NONE;
            }
            throw e;
        }
    }

    /** Services rename or forbid commands, each with words of its own. */
    static boolean isForbidden(JedisDataException answer) {
        String message = String.valueOf(answer.getMessage());
        return message.startsWith("NOPERM") || message.startsWith("ERR unknown command");
    }

    private record Guarded(CallClient inner, ServerGate gate) implements CallClient {

        @Override
        public UnifiedJedis client() {
            gate.pass();
            return inner.client();
        }

        @Override
        public void dropIdle() {
            inner.dropIdle();
        }

        @Override
        public void leave() {
            inner.leave();
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
