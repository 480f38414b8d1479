package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Durability;
import io.jobqueue.Enqueued.Status;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.DurableEnqueue;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.testkit.LoadingServer;
import io.jobqueue.testkit.Patience;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Enqueues that ask for more than the store, while the server answers and takes nothing. */
@Timeout(60)
class DurableOutageIT {

    private static final String QUEUE = RedisStoreFixture.QUEUE;
    private static final Durability ONE = Durability.replica(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static List<EnqueueAnswer> enqueue(DurableEnqueue durable, String id, Durability durability) {
        return durable.enqueue(QUEUE, List.of(List.of(RedisStoreFixture.job(id))), durability, PATIENCE);
    }

    private static void assertRefused(String says, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        e -> assertThat(e.outcome()).isEqualTo(Outcome.REFUSED))
                .hasMessageContaining(says);
    }

    @Test
    void serverThatLoadsItsFileTakesTheJobWhenItHas() {
        try (LoadingServer loading = LoadingServer.start();
                RedisStore store = RedisStore.open(loading.server().connection(), "jq")) {
            DurableEnqueue durable = store.durableEnqueue().orElseThrow();
            RedisStoreFixture.enqueue(store, "warm");
            loading.startAgain();

            assertRefused("LOADING", () -> enqueue(durable, "a", ONE));
            assertRefused("LOADING", () -> durable.require(ONE));
            loading.finish();

            try (RedisServer replica =
                    RedisServer.startReplicaOf(loading.server().port())) {
                assertThat(replica.isReplicaInSync()).isTrue();
                assertThat(enqueue(durable, "a", ONE).get(0).status()).isEqualTo(Status.QUEUED);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"replica(1)", "aof"})
    void busyServerSaysNothingOfWhatItCanConfirm(String durability) throws InterruptedException {
        try (RedisServer server = RedisServer.start(
                        "--save", "", "--appendonly", "yes", "--appendfsync", "always", "--lua-time-limit", "20");
                RedisStore store = RedisStore.open(server.connection(), "jq")) {
            DurableEnqueue durable = store.durableEnqueue().orElseThrow();
            RedisStoreFixture.enqueue(store, "warm");
            Thread endless = runEndlessScript(server);

            assertRefused("BUSY", () -> enqueue(durable, "a", Durability.of(durability)));
            assertRefused("BUSY", () -> durable.require(Durability.of(durability)));
            try (Jedis redis = server.commands()) {
                redis.scriptKill();
            }
            endless.join();

            Patience.until(
                    "the server takes calls again",
                    PATIENCE,
                    () -> !answer(server).startsWith("BUSY"));
            assertThat(store.ledger().find(QUEUE, "a")).isEmpty();
        }
    }

    private static Thread runEndlessScript(RedisServer server) {
        Thread endless = new Thread(() -> {
            try (Jedis redis = server.commands()) {
                redis.eval("while true do end");
            } catch (JedisException e) {
                // it is killed, or this line gives up before
            }
        });
        endless.start();
        Patience.until("the server is busy", PATIENCE, () -> answer(server).startsWith("BUSY"));
        return endless;
    }

    private static String answer(RedisServer server) {
        try (Jedis redis = server.commands()) {
            return redis.ping();
        } catch (JedisDataException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
