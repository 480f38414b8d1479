package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Durability;
import io.jobqueue.Enqueued.Status;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.testkit.RedisServer;
import io.jobqueue.testkit.TcpProxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

/** A call for which no connection comes about certainly does not happen, however far the server let it come. */
@Timeout(60)
class UnmadeConnectionIT {

    private static final String QUEUE = RedisStoreFixture.QUEUE;

    private static RedisConnection connection(int port, String user) {
        return RedisConnection.builder()
                .url("redis://" + user + "127.0.0.1:" + port)
                .commandTimeout(Duration.ofMillis(500))
                .build();
    }

    /** Has connections of its own, so that the first such call needs a new one. */
    private static Status enqueueByANewConnection(RedisStore store, String id) {
        return store.durableEnqueue()
                .orElseThrow()
                .enqueue(QUEUE, List.of(List.of(RedisStoreFixture.job(id))), Durability.NONE, Duration.ofSeconds(1))
                .get(0)
                .status();
    }

    private static void assertRefused(RedisStore store) {
        assertThatThrownBy(() -> enqueueByANewConnection(store, "a"))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        e -> assertThat(e.outcome()).as(e.getMessage()).isEqualTo(Outcome.REFUSED));
    }

    @Test
    void serverWithAllTheClientsThatItTakesRefuses() {
        try (RedisServer server = RedisServer.start();
                RedisStore store = RedisStore.open(connection(server.port(), ""), "jq")) {
            assertRefusedWhileFull(server, store);
        }
    }

    @Test
    void serverThatIsFullBeforeItTakesThePasswordRefuses() {
        try (RedisServer server = RedisServer.start();
                Jedis redis = server.commands()) {
            redis.aclSetUser("ada", "on", ">secret", "~*", "&*", "+@all");
            try (RedisStore store = RedisStore.open(connection(server.port(), "ada:secret@"), "jq")) {
                assertRefusedWhileFull(server, store);
            }
        }
    }

    private static void assertRefusedWhileFull(RedisServer server, RedisStore store) {
        RedisStoreFixture.enqueue(store, "warm");
        try (Jedis redis = server.commands()) {
            redis.configSet("maxclients", "1");

            for (int i = 0; i < 3; i++) {
                assertRefused(store);
            }
            RedisStoreFixture.enqueue(store, "by a connection that there was");
            redis.sendCommand(Protocol.Command.CLIENT, "KILL", "TYPE", "normal", "SKIPME", "yes");
            assertThatThrownBy(() -> RedisStoreFixture.enqueue(store, "broke"))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> RedisStoreFixture.enqueue(store, "a"))
                    .isInstanceOfSatisfying(
                            StoreUnavailableException.class,
                            e -> assertThat(e.outcome()).as(e.getMessage()).isEqualTo(Outcome.REFUSED));
            redis.configSet("maxclients", "100");
        }
        assertThat(enqueueByANewConnection(store, "a")).isEqualTo(Status.QUEUED);
    }

    @Test
    void serverThatTakesTheConnectionAndIsSilentRefuses() {
        try (RedisServer server = RedisServer.start();
                RedisStore store = RedisStore.open(connection(server.port(), ""), "jq")) {
            RedisStoreFixture.enqueue(store, "warm");
            server.freeze();

            assertRefused(store);
            server.thaw();

            assertThat(enqueueByANewConnection(store, "a")).isEqualTo(Status.QUEUED);
        }
    }

    @Test
    void relayWithoutAServerRefuses() {
        try (RedisServer server = RedisServer.start();
                TcpProxy relay = TcpProxy.to(server.port());
                RedisStore store = RedisStore.open(connection(relay.port(), ""), "jq")) {
            RedisStoreFixture.enqueue(store, "warm");
            relay.shut();

            assertRefused(store);
            relay.heal();

            assertThat(enqueueByANewConnection(store, "a")).isEqualTo(Status.QUEUED);
        }
    }
}
