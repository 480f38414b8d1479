package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Durability;
import io.jobqueue.Enqueued.Status;
import io.jobqueue.JobQueueException;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.DurableEnqueue;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/** Enqueues that ask for the disk of a real server, of those that can wait for it and of those that cannot. */
@Timeout(60)
class AofEnqueueIT {

    private static final String QUEUE = "mails";
    private static final Duration PATIENT = Duration.ofSeconds(20);

    private static RedisServer server(String appendOnly, String force) {
        return RedisServer.start("--save", "", "--appendonly", appendOnly, "--appendfsync", force);
    }

    private static RedisStore open(RedisServer server) {
        return RedisStore.open(server.connection(), "jq");
    }

    private static DurableEnqueue durable(RedisStore store) {
        return store.durableEnqueue().orElseThrow();
    }

    private static List<EnqueueAnswer> enqueue(RedisStore store, String id) {
        return durable(store).enqueue(QUEUE, List.of(List.of(RedisStoreFixture.job(id))), Durability.AOF, PATIENT);
    }

    /** Redis waits for its disk since 7.2, Valkey always has. */
    private static boolean waitsForItsDisk(RedisServer server) {
        try (Jedis redis = server.commands()) {
            redis.sendCommand(Protocol.Command.WAITAOF, "0", "0", "1");
            return true;
        } catch (JedisDataException e) {
            return false;
        }
    }

    @Test
    void serverThatForcesEveryWriteConfirmsByItsAnswer() {
        try (RedisServer server = server("yes", "always");
                RedisStore store = open(server)) {
            durable(store).require(Durability.AOF);

            assertThat(enqueue(store, "a").get(0).status()).isEqualTo(Status.QUEUED);
            server.kill();
            server.startAgain();

            try (RedisStore again = open(server)) {
                assertThat(enqueue(again, "a").get(0).status()).isEqualTo(Status.DUPLICATE);
            }
        }
    }

    @Test
    void serverThatForcesNowAndThenIsWaitedForOrRefused() {
        try (RedisServer server = server("yes", "everysec");
                RedisStore store = open(server)) {
            if (waitsForItsDisk(server)) {
                durable(store).require(Durability.AOF);
                assertThat(enqueue(store, "a").get(0).status()).isEqualTo(Status.QUEUED);
                try (Jedis redis = server.commands()) {
                    assertThat(redis.info("commandstats")).contains("cmdstat_waitaof");
                }
            } else {
                assertRefused(store, "refuses WAITAOF", "use Redis 7.2 or newer or Valkey");
            }
        }
    }

    @Test
    void serverWithoutAnAppendOnlyFileIsRefused() {
        try (RedisServer server = server("no", "everysec");
                RedisStore store = open(server)) {
            assertRefused(store, "cannot confirm it", "set appendonly yes");
        }
    }

    @Test
    void serverThatLeavesTheDiskToItsSystemIsRefused() {
        try (RedisServer server = server("yes", "no");
                RedisStore store = open(server)) {
            assertRefused(store, "cannot confirm it", "or ask for another durability");
        }
    }

    @Test
    void serverThatIsSetUpRightLaterIsAskedAgain() {
        try (RedisServer server = server("yes", "no");
                RedisStore store = open(server)) {
            assertRefused(store, "cannot confirm it", "nothing was stored");
            try (Jedis redis = server.commands()) {
                redis.configSet("appendfsync", "always");
            }

            assertThat(enqueue(store, "a").get(0).status()).isEqualTo(Status.QUEUED);
        }
    }

    @Test
    void serverThatHidesItsSettingsIsRefusedUnlessItWaits() {
        try (RedisServer server = RedisServer.start(
                        "--save",
                        "",
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        "always",
                        "--rename-command",
                        "CONFIG",
                        "");
                RedisStore store = open(server)) {
            if (waitsForItsDisk(server)) {
                assertThat(enqueue(store, "a").get(0).status()).isEqualTo(Status.QUEUED);
            } else {
                assertRefused(store, "does not say that every write is forced to disk", "nothing was stored");
            }
        }
    }

    @Test
    void userWhoMayNotWaitIsRefused() {
        try (RedisServer server = RedisServer.start();
                Jedis redis = server.commands()) {
            redis.aclSetUser("ada", "on", ">secret", "~*", "&*", "+@all", "-wait");
            RedisConnection ada = RedisConnection.of("redis://ada:secret@127.0.0.1:" + server.port());
            try (RedisStore store = RedisStore.open(ada, "jq")) {
                assertThatThrownBy(() -> durable(store).require(Durability.replica(1)))
                        .isExactlyInstanceOf(JobQueueException.class)
                        .hasMessageContaining("the server refuses WAIT (NOPERM")
                        .hasMessageContaining("allow it");
            }
        }
    }

    @Test
    void serverThatIsAwayIsUnavailable() {
        try (RedisServer server = RedisServer.start();
                RedisStore store = open(server)) {
            server.kill();

            assertThatThrownBy(() -> durable(store).require(Durability.AOF))
                    .isInstanceOf(StoreUnavailableException.class);
        }
    }

    private static void assertRefused(RedisStore store, String why, String remedy) {
        assertThatThrownBy(() -> durable(store).require(Durability.AOF))
                .isExactlyInstanceOf(JobQueueException.class)
                .hasMessageStartingWith("durability aof: redis at 127.0.0.1:")
                .hasMessageContaining(why)
                .hasMessageContaining(remedy);
        assertThatThrownBy(() -> enqueue(store, "a")).isExactlyInstanceOf(JobQueueException.class);
        assertThat(store.ledger().find(QUEUE, "a")).isEmpty();
    }
}
