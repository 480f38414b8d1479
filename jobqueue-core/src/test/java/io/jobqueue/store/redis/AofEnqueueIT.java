package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Durability;
import io.jobqueue.Enqueued.Status;
import io.jobqueue.JobQueueException;
import io.jobqueue.JobState;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.DurableEnqueue;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.testkit.RedisCluster;
import io.jobqueue.testkit.RedisServer;
import io.jobqueue.testkit.ServerCalls;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/** Enqueues that ask for the disk of a real server, of those that can wait for it and of those that cannot. */
@Timeout(60)
class AofEnqueueIT {

    private static final String QUEUE = "mails";
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Duration BRIEF = Duration.ofMillis(200);

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
        return enqueue(store, QUEUE, id);
    }

    private static List<EnqueueAnswer> enqueue(RedisStore store, String queue, String id) {
        return durable(store).enqueue(queue, List.of(List.of(RedisStoreFixture.job(id))), Durability.AOF, PATIENT);
    }

    private static List<EnqueueAnswer> enqueue(RedisStore store, String id, Duration atMost) {
        return durable(store).enqueue(QUEUE, List.of(List.of(RedisStoreFixture.job(id))), Durability.AOF, atMost);
    }

    /** How a server answers {@code WAITAOF}, found out by asking it when its disk cannot have anything. */
    private enum Answers {
        NEVER,
        TOO_EARLY,
        WHEN_ITS_DISK_HAS_IT
    }

    private static Answers whileItForcesNowAndThen;

    @BeforeAll
    static void askTheServer() {
        try (HeldDisk held = HeldDisk.start("everysec");
                Jedis redis = held.server().commands()) {
            redis.set("a", "b");
            List<?> onDisk = (List<?>) redis.sendCommand(Protocol.Command.WAITAOF, "1", "0", "100");
            whileItForcesNowAndThen = onDisk.get(0).equals(0L) ? Answers.WHEN_ITS_DISK_HAS_IT : Answers.TOO_EARLY;
        } catch (JedisDataException e) {
            whileItForcesNowAndThen = Answers.NEVER;
        }
    }

    /** All of them that can answer do so in time while every write is forced to disk. */
    private static Answers whileItForcesEveryWrite() {
        return whileItForcesNowAndThen == Answers.NEVER ? Answers.NEVER : Answers.WHEN_ITS_DISK_HAS_IT;
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
            switch (whileItForcesNowAndThen) {
                case NEVER -> assertRefused(store, "refuses WAITAOF", "use Redis 7.2 or newer");
                case TOO_EARLY -> assertRefused(store, "before its disk has", "set appendfsync always");
                case WHEN_ITS_DISK_HAS_IT -> {
                    durable(store).require(Durability.AOF);
                    long asked = server.calls("waitaof");
                    assertThat(enqueue(store, "a").get(0).status()).isEqualTo(Status.QUEUED);
                    assertThat(server.calls("waitaof")).isEqualTo(asked + 1);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"everysec", "always"})
    void jobThatTheDiskDoesNotHaveIsNotAcceptedNorIsItsRepeat(String force) {
        Answers answers = force.equals("always") ? whileItForcesEveryWrite() : whileItForcesNowAndThen;
        try (HeldDisk held = HeldDisk.start(force);
                RedisStore store = open(held.server())) {
            if (answers == Answers.WHEN_ITS_DISK_HAS_IT) {
                assertUnknown("the disk of the server did not have it within PT0.2S", () -> enqueue(store, "a", BRIEF));
                assertUnknown("the disk of the server did not have it within PT0.2S", () -> enqueue(store, "a", BRIEF));
                held.letGo();
                assertThat(enqueue(store, "a"))
                        .containsExactly(new EnqueueAnswer("a", Status.DUPLICATE, JobState.WAITING, null));
            } else {
                assertRefused(store, "cannot confirm it", "nothing was stored");
            }
        }
    }

    @Test
    void duplicateOfAJobThatNobodyWaitedForIsWaitedForToo() {
        try (HeldDisk held = HeldDisk.start("always");
                RedisStore store = open(held.server())) {
            RedisStoreFixture.enqueue(store, "a");

            if (whileItForcesEveryWrite() == Answers.WHEN_ITS_DISK_HAS_IT) {
                assertUnknown("the disk of the server did not have it", () -> enqueue(store, "a", BRIEF));
                held.letGo();
                assertThat(enqueue(store, "a").get(0).status()).isEqualTo(Status.DUPLICATE);
            } else {
                assertThatThrownBy(() -> enqueue(store, "a")).isExactlyInstanceOf(JobQueueException.class);
            }
        }
    }

    @Test
    void fileThatIsGivenUpWhileItIsWaitedForIsUnknownAndThenRefused() throws InterruptedException {
        try (HeldDisk held = HeldDisk.start("always");
                RedisStore store = open(held.server())) {
            if (whileItForcesEveryWrite() == Answers.WHEN_ITS_DISK_HAS_IT) {
                Thread givesUp = new Thread(() -> {
                    try (Jedis redis = held.server().commands()) {
                        while (!redis.info("clients").contains("blocked_clients:1")) {
                            Thread.onSpinWait();
                        }
                        redis.configSet("appendonly", "no");
                    }
                });
                givesUp.start();

                assertUnknown("written, but not confirmed: ERR WAITAOF", () -> enqueue(store, "a", PATIENT));
                givesUp.join();
            }
            assertThatThrownBy(() -> enqueue(store, "b"))
                    .isExactlyInstanceOf(JobQueueException.class)
                    .hasMessageContaining("cannot confirm it");
            assertThat(store.ledger().find(QUEUE, "b")).isEmpty();
        }
    }

    @Test
    void manyBatchesAreWaitedForOnce() {
        try (RedisServer server = server("yes", "always");
                RedisStore store = open(server)) {
            durable(store).require(Durability.AOF);
            long asked = server.calls("waitaof");

            List<EnqueueAnswer> answers = durable(store)
                    .enqueue(
                            QUEUE,
                            List.of(List.of(RedisStoreFixture.job("a")), List.of(RedisStoreFixture.job("b"))),
                            Durability.AOF,
                            PATIENT);

            assertThat(answers).hasSize(2).allMatch(answer -> answer.status() == Status.QUEUED);
            long waits = whileItForcesEveryWrite() == Answers.NEVER ? 0 : 1;
            assertThat(server.calls("waitaof") - asked).isEqualTo(waits);
        }
    }

    @Test
    void serverThatDoesNotSayWhichItIsMustForceEveryWrite() {
        try (RedisServer server = RedisServer.start(
                        "--save",
                        "",
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        "everysec",
                        "--rename-command",
                        "INFO",
                        "");
                RedisStore store = open(server)) {
            assertRefused(store, "cannot confirm it", "nothing was stored");
            try (Jedis redis = server.commands()) {
                redis.configSet("appendfsync", "always");
            }

            assertThat(enqueue(store, "a").get(0).status()).isEqualTo(Status.QUEUED);
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
    void serverThatForcesNoLongerEveryWriteIsNotBelievedFromThenOn() {
        try (RedisServer server = server("yes", "always");
                RedisStore store = open(server)) {
            assertThat(enqueue(store, "first").get(0).status()).isEqualTo(Status.QUEUED);
            try (Jedis redis = server.commands()) {
                redis.configSet("appendfsync", "everysec");
            }

            if (whileItForcesNowAndThen == Answers.WHEN_ITS_DISK_HAS_IT) {
                assertThat(enqueue(store, "a").get(0).status()).isEqualTo(Status.QUEUED);
            } else {
                assertThatThrownBy(() -> enqueue(store, "a"))
                        .isExactlyInstanceOf(JobQueueException.class)
                        .hasMessageContaining("nothing was stored");
                assertThat(store.ledger().find(QUEUE, "a")).isEmpty();
            }
        }
    }

    @Test
    void settingsAreAskedForWithEachCallWhereTheyVouchForTheServer() {
        try (RedisServer server = server("yes", "always");
                RedisStore store = open(server)) {
            enqueue(store, "first");
            ServerCalls before = ServerCalls.of(server);

            enqueue(store, "a");

            ServerCalls spent = ServerCalls.of(server).since(before);
            assertThat(spent.of("evalsha")).isEqualTo(1);
            assertThat(spent.of("waitaof")).isEqualTo(whileItForcesNowAndThen == Answers.NEVER ? 0 : 1);
            assertThat(spent.of("config|get"))
                    .isEqualTo(whileItForcesNowAndThen == Answers.WHEN_ITS_DISK_HAS_IT ? 0 : 1);
        }
    }

    @Test
    void everyMasterOfAClusterIsAsked() {
        try (RedisCluster cluster = RedisCluster.startWithoutReplicas(2)) {
            RedisServer forces = cluster.masters().get(0);
            try (Jedis redis = forces.commands()) {
                redis.configSet("appendonly", "yes");
                redis.configSet("appendfsync", "always");
            }
            String good = queueOn(cluster, forces);
            String bad = queueOn(cluster, cluster.masters().get(1));
            try (RedisStore store = RedisStore.open(cluster.connection(), "jq")) {
                assertThat(enqueue(store, good, "a").get(0).status()).isEqualTo(Status.QUEUED);

                assertThatThrownBy(() -> enqueue(store, bad, "a"))
                        .isExactlyInstanceOf(JobQueueException.class)
                        .hasMessageContaining("nothing was stored");
                assertThat(store.ledger().find(bad, "a")).isEmpty();
                assertThatThrownBy(() -> durable(store).require(Durability.AOF))
                        .isExactlyInstanceOf(JobQueueException.class)
                        .hasMessageContaining("cannot confirm it");
                assertThat(enqueue(store, good, "b").get(0).status()).isEqualTo(Status.QUEUED);
            }
        }
    }

    private static String queueOn(RedisCluster cluster, RedisServer master) {
        return IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> "mails-" + number)
                .filter(name -> cluster.masterOf("{jq:" + name + "}").port() == master.port())
                .findFirst()
                .orElseThrow();
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
            switch (whileItForcesNowAndThen) {
                case NEVER -> assertRefused(store, "does not say that every write is forced", "nothing was stored");
                case TOO_EARLY -> assertRefused(store, "before its disk has", "+config|get");
                case WHEN_ITS_DISK_HAS_IT ->
                    assertThat(enqueue(store, "a").get(0).status()).isEqualTo(Status.QUEUED);
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

    private static void assertUnknown(String says, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        e -> assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN))
                .hasMessageContaining(says);
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
