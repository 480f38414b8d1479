package io.jobqueue.store.redis;

import io.jobqueue.UnsuitableStoreException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Lets calls through when the servers have been reached once and may keep jobs. Until then every call asks, so a server
 * that is away at first is judged when it comes up, and one that was refused when it has been changed. Thread-safe.
 */
final class ServerGate {

    private static final Logger log = LoggerFactory.getLogger(ServerGate.class);

    private final RedisTopology topology;
    private final ServerJudge judge;
    private final PlainText plainText;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile boolean open;

    /** @param connection what leads to the servers of {@code topology} */
    ServerGate(RedisTopology topology, RedisConnection connection, ServerJudge judge) {
        this.topology = topology;
        this.judge = judge;
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
            try (Connection connection = topology.borrow(server)) {
                ServerVerdict verdict = judge.judge(server, connection);
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
        judge.inUse(reached);
        open = true;
        plainText.warning(reached).ifPresent(warnings::add);
        judge.tell(warnings);
        if (!unknown.isEmpty() && told.compareAndSet(false, true)) {
            log.info(
                    "The redis of the jobs does not tell its {}: see to it yourself that it does not evict keys",
                    String.join(", ", unknown));
        }
    }

    /** Whatever the call behind the gate was, it did not happen. */
    private JedisConnectionException neverSent(JedisConnectionException silence) {
        topology.dropIdle();
        topology.lookAgain();
        return RedisFailures.notSent(silence);
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
