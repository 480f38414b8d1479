package io.jobqueue.store.redis;

import static io.jobqueue.store.redis.RedisStoreFixture.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Durability;
import io.jobqueue.Enqueued.Status;
import io.jobqueue.JobState;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.Claim;
import io.jobqueue.store.DurableEnqueue;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.WorkerSession;
import io.jobqueue.testkit.RedisServer;
import io.jobqueue.testkit.ServerCalls;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/** Enqueues that wait for a replica of a real Redis. */
@Timeout(60)
class DurableEnqueueIT {

    private static final String QUEUE = "mails";
    private static final Durability ONE = Durability.replica(1);
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Duration BRIEF = Duration.ofMillis(200);

    private RedisServer master;
    private RedisServer replica;
    private RedisStore store;
    private DurableEnqueue durable;

    @BeforeEach
    void start() {
        master = RedisServer.start();
        replica = RedisServer.startReplicaOf(master.port());
        store = RedisStore.open(master.connection(), "jq");
        durable = store.durableEnqueue().orElseThrow();
    }

    @AfterEach
    void stop() {
        store.close();
        replica.close();
        master.close();
    }

    private List<EnqueueAnswer> enqueue(Durability durability, Duration atMost, String... ids) {
        return durable.enqueue(QUEUE, List.of(jobs(ids)), durability, atMost);
    }

    private static List<NewJob> jobs(String... ids) {
        return List.of(ids).stream().map(RedisStoreFixture::job).toList();
    }

    private void end(String... ids) {
        end(null, ids);
    }

    private void end(byte @Nullable [] result, String... ids) {
        WorkerSession session = RedisStoreFixture.session("s");
        List<Claim> claims = RedisStoreFixture.claim(store, session, ids.length);
        assertThat(claims).extracting(claim -> claim.token().jobId()).containsExactly(ids);
        List<Settlement> ends = claims.stream()
                .<Settlement>map(claim -> new Settlement.Complete(claim.token(), result, RedisStoreFixture.HOUR))
                .toList();
        store.transitions().exchange(new ExchangeRequest(session, ends, 0, RedisStoreFixture.HOUR));
    }

    private static void assertOutcome(Outcome outcome, String says, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        e -> assertThat(e.outcome()).isEqualTo(outcome))
                .hasMessageContaining(says);
    }

    @Test
    void acceptedJobIsOnTheReplica() {
        for (int i = 0; i < 50; i++) {
            enqueue(ONE, PATIENT, "job-" + i);

            try (Jedis redis = replica.commands()) {
                assertThat(redis.hexists("{jq:mails}:jobs", "job-" + i)).isTrue();
            }
        }
    }

    @Test
    void pausedReplicaIsUnknownWithinTheTimeoutAndARepeatIsAccepted() {
        enqueue(ONE, PATIENT, "warm");
        replica.freeze();
        long begun = System.nanoTime();

        assertOutcome(Outcome.UNKNOWN, "0 of 1 replicas had it within PT0.2S", () -> enqueue(ONE, BRIEF, "a"));
        Duration waited = Duration.ofNanos(System.nanoTime() - begun);
        assertOutcome(Outcome.UNKNOWN, "0 of 1 replicas", () -> enqueue(ONE, BRIEF, "a"));
        replica.thaw();
        List<EnqueueAnswer> repeated = enqueue(ONE, PATIENT, "a");

        assertThat(waited).isBetween(BRIEF, Duration.ofSeconds(10));
        assertThat(repeated).containsExactly(new EnqueueAnswer("a", Status.DUPLICATE, JobState.WAITING, null));
        assertThat(store.ledger().counts(QUEUE).waiting()).isEqualTo(2);
    }

    @Test
    void duplicateOfAJobThatNobodyWaitedForIsWaitedForToo() {
        enqueue(ONE, PATIENT, "warm");
        replica.freeze();
        store.transitions().enqueue(QUEUE, jobs("a"));

        assertOutcome(Outcome.UNKNOWN, "0 of 1 replicas", () -> enqueue(ONE, BRIEF, "a"));
        replica.thaw();

        assertThat(enqueue(ONE, PATIENT, "a").get(0).status()).isEqualTo(Status.DUPLICATE);
    }

    @Test
    void workerMayEndAJobBeforeItIsConfirmed() {
        enqueue(ONE, PATIENT, "warm");
        replica.freeze();
        assertOutcome(Outcome.UNKNOWN, "0 of 1 replicas", () -> enqueue(ONE, BRIEF, "a"));

        end("warm", "a");
        replica.thaw();

        assertThat(enqueue(ONE, PATIENT, "a").get(0).status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void largeResultsOfJobsThatWereThereComeInParts() {
        String[] ids =
                IntStream.range(0, 10).mapToObj(number -> "job-" + number).toArray(String[]::new);
        enqueue(ONE, PATIENT, ids);
        end(new byte[400_000], ids);
        long before = master.calls("evalsha");

        List<EnqueueAnswer> answers = enqueue(ONE, PATIENT, ids);

        assertThat(master.calls("evalsha") - before).isGreaterThan(1);
        assertThat(answers).extracting(EnqueueAnswer::id).containsExactly(ids);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.result()).hasSize(400_000));
    }

    @Test
    void masterThatIsAwayRefuses() {
        enqueue(ONE, PATIENT, "warm");
        master.kill();
        assertThatThrownBy(() -> enqueue(ONE, PATIENT, "broke")).isInstanceOf(StoreUnavailableException.class);

        assertOutcome(Outcome.REFUSED, "did not answer", () -> enqueue(ONE, PATIENT, "a"));
    }

    @Test
    void serverThatRefusesTheWriteIsNotWaitedFor() {
        enqueue(ONE, PATIENT, "warm");
        try (Jedis redis = master.commands()) {
            redis.configSet("min-replicas-to-write", "2");
        }

        assertOutcome(Outcome.REFUSED, "NOREPLICAS", () -> enqueue(ONE, PATIENT, "a"));

        assertThat(store.ledger().find(QUEUE, "a")).isEmpty();
    }

    @Test
    void masterThatBecomesAReplicaWhileItIsWaitedForIsUnknown() throws InterruptedException {
        enqueue(ONE, PATIENT, "warm");
        replica.freeze();
        Thread demotes = new Thread(() -> {
            try (Jedis redis = master.commands()) {
                while (!redis.info("clients").contains("blocked_clients:1")) {
                    Thread.onSpinWait();
                }
                redis.replicaof("127.0.0.1", replica.port());
            }
        });
        demotes.start();

        assertOutcome(Outcome.UNKNOWN, "written, but not confirmed: UNBLOCKED", () -> enqueue(ONE, PATIENT, "a"));
        demotes.join();
    }

    @Test
    void lineThatIsLostWhileItIsWaitedForIsUnknown() {
        enqueue(ONE, PATIENT, "warm");
        replica.freeze();
        Thread kills = new Thread(() -> {
            try (Jedis redis = master.commands()) {
                while (!redis.info("clients").contains("blocked_clients:1")) {
                    Thread.onSpinWait();
                }
            }
            master.kill();
        });
        kills.start();

        assertOutcome(Outcome.UNKNOWN, "written, but not confirmed", () -> enqueue(ONE, PATIENT, "a"));
    }

    @Test
    void waitLongerThanTheCommandTimeoutIsNoSilence() {
        RedisConnection hasty = RedisConnection.builder()
                .url(master.url())
                .commandTimeout(Duration.ofMillis(300))
                .build();
        try (RedisStore other = RedisStore.open(hasty, "jq")) {
            replica.freeze();

            assertOutcome(
                    Outcome.UNKNOWN,
                    "0 of 1 replicas had it within PT1S",
                    () -> other.durableEnqueue()
                            .orElseThrow()
                            .enqueue(QUEUE, List.of(jobs("a")), ONE, Duration.ofSeconds(1)));
        }
    }

    @Test
    void manyBatchesAreWaitedForOnce() {
        enqueue(ONE, PATIENT, "warm");
        List<List<NewJob>> batches = IntStream.range(0, 5)
                .mapToObj(batch -> IntStream.range(0, 100)
                        .mapToObj(i -> job(batch + "-" + i))
                        .toList())
                .toList();
        ServerCalls before = ServerCalls.of(master);

        List<EnqueueAnswer> answers = durable.enqueue(QUEUE, batches, ONE, PATIENT);

        ServerCalls spent = ServerCalls.of(master).since(before);
        assertThat(answers).hasSize(500).allMatch(answer -> answer.status() == Status.QUEUED);
        assertThat(answers.get(499).id()).isEqualTo("4-99");
        assertThat(spent.of("evalsha")).isEqualTo(5);
        assertThat(spent.of("wait")).isEqualTo(1);
    }

    @Test
    void nothingIsWaitedForWithoutDurability() {
        ServerCalls before = ServerCalls.of(master);

        enqueue(Durability.NONE, PATIENT, "a");
        store.transitions().enqueue(QUEUE, jobs("b"));

        assertThat(ServerCalls.of(master).since(before).of("wait")).isZero();
    }

    @Test
    void forgottenScriptIsSentAgain() {
        enqueue(ONE, PATIENT, "warm");
        try (Jedis redis = master.commands()) {
            redis.scriptFlush();
        }

        assertThat(enqueue(ONE, PATIENT, "a").get(0).status()).isEqualTo(Status.QUEUED);
    }
}
