package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Dedup;
import io.jobqueue.JobError;
import io.jobqueue.JobRequest.IfFailed;
import io.jobqueue.JobState;
import io.jobqueue.Placement;
import io.jobqueue.Progress;
import io.jobqueue.StallPolicy;
import io.jobqueue.store.Audit;
import io.jobqueue.store.AuditRequest;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.ReapRequest;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.Term;
import io.jobqueue.store.WorkerSession;
import io.jobqueue.store.contract.HeldClock;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** Somebody deletes from the keys of a queue: after an audit every job is run, ended or reported, and none twice. */
class AuditIT {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final String QUEUE = "mails";
    private static final String TAG = "{jq:mails}:";
    private static final JobError ERROR = new JobError("E", "m", "");

    private static RedisServer server;

    private final HeldClock clock = new HeldClock();
    private final WorkerSession busy = new WorkerSession(QUEUE, "busy-worker-session", LEASE);
    private final Map<String, Integer> completions = new HashMap<>();
    private RedisStore store;
    private Jedis redis;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        store = RedisStore.open(server.connection(), "jq", new HeldStoreClock(clock));
        redis = server.commands();
        redis.flushAll();
    }

    @AfterEach
    void close() {
        redis.close();
        store.close();
    }

    private static NewJob job(String id, String type, int priority, Duration delay, @Nullable Dedup dedup) {
        return new NewJob(
                id,
                new JobSpec(type, "{}".getBytes(UTF_8), priority, JobOptions.NONE),
                IfFailed.KEEP,
                delay,
                null,
                Placement.END,
                dedup,
                null);
    }

    private void enqueue(NewJob... jobs) {
        store.transitions().enqueue(QUEUE, List.of(jobs));
    }

    private List<Claim> claim(WorkerSession session, int most) {
        return store.transitions()
                .exchange(new ExchangeRequest(session, List.of(), most, DAY))
                .claims();
    }

    private void settle(WorkerSession session, Settlement settlement) {
        boolean settled = store.transitions()
                .exchange(new ExchangeRequest(session, List.of(settlement), 0, DAY))
                .settled()
                .get(0);
        if (settled && settlement instanceof Settlement.Complete) {
            completions.merge(settlement.token().jobId(), 1, Integer::sum);
        }
    }

    private void complete(WorkerSession session, Claim claim) {
        settle(session, new Settlement.Complete(claim.token(), null, DAY));
    }

    /** Jobs in every state and every index; returns the claims that the busy worker goes on to run. */
    private List<Claim> fill() {
        for (int i = 0; i < 3; i++) {
            enqueue(job("done-" + i, "a", 0, Duration.ZERO, null));
            complete(busy, claim(busy, 1).get(0));
            enqueue(job("failed-" + i, "a", 0, Duration.ZERO, null));
            settle(busy, new Settlement.Fail(claim(busy, 1).get(0).token(), ERROR, DAY));
            enqueue(job("retried-" + i, "a", 0, Duration.ZERO, null));
            settle(busy, new Settlement.Retry(claim(busy, 1).get(0).token(), Duration.ofHours(1), ERROR));
            enqueue(job("cancelled-" + i, "a", 0, Duration.ZERO, null));
            store.transitions().cancel(QUEUE, "cancelled-" + i, DAY);
        }
        for (int i = 0; i < 3; i++) {
            enqueue(job("active-" + i, "a", 0, Duration.ZERO, null));
        }
        List<Claim> active = claim(busy, 3);
        store.notes().progress(busy, active.get(0).token(), new Progress(5, "n"));
        store.operations().pause(QUEUE, "paused");
        for (int i = 0; i < 3; i++) {
            enqueue(job("parked-" + i, "paused", 0, Duration.ZERO, null));
        }
        enqueue(job("released", "a", 0, Duration.ZERO, null));
        settle(busy, new Settlement.Release(claim(busy, 1).get(0).token()));
        for (int i = 0; i < 5; i++) {
            enqueue(job("waiting-" + i, "a", 0, Duration.ZERO, null));
            enqueue(job("prior-" + i, "a", i - 7, Duration.ZERO, null));
            enqueue(job("later-" + i, "a", i, Duration.ofMinutes(i + 1), null));
            enqueue(job("single-" + i, "a", 0, Duration.ZERO, Dedup.untilTerminal("key-" + i)));
            enqueue(job("timed-" + i, "a", 0, Duration.ZERO, Dedup.window("time-" + i, Duration.ofDays(2))));
        }
        return active;
    }

    private List<Audit> audit() {
        Term term =
                store.leaderLock().acquire(QUEUE, "me", DAY.multipliedBy(100)).orElseThrow();
        List<Audit> audits = new ArrayList<>();
        String next = null;
        do {
            Audit audit = store.transitions().audit(term, new AuditRequest(next, LEASE, DAY));
            audits.add(audit);
            next = audit.next();
            assertThat(audits).hasSizeLessThan(1_000);
        } while (next != null);
        return audits;
    }

    private void auditUntilSound() {
        for (int i = 0; i < 4; i++) {
            if (audit().stream().noneMatch(audit -> audit.found() || audit.urgent())) {
                return;
            }
        }
        assertThat(audit()).noneMatch(audit -> audit.found() || audit.urgent());
    }

    /** The busy worker ends what it has, lost claims are taken over, and everything that is there is run. */
    private void runEverything(List<Claim> active) {
        active.forEach(claim -> complete(busy, claim));
        clock.advance(Duration.ofHours(2));
        Term term =
                store.leaderLock().acquire(QUEUE, "me", DAY.multipliedBy(100)).orElseThrow();
        store.transitions().reap(term, new ReapRequest(100, StallPolicy.REQUEUE, 3, DAY, DAY));
        store.operations().resume(QUEUE, "paused");
        WorkerSession worker = new WorkerSession(QUEUE, "another-worker-session", DAY);
        for (List<Claim> claims = claim(worker, 100); !claims.isEmpty(); claims = claim(worker, 100)) {
            claims.forEach(claim -> complete(worker, claim));
        }
    }

    private List<String> survivors() {
        return redis.hkeys(TAG + "jobs").stream().sorted().toList();
    }

    private void assertEveryJobHasEndedOnce(List<String> ids) {
        for (String id : ids) {
            Optional<StoredJob> job = store.ledger().find(QUEUE, id);
            assertThat(job).as(id).isPresent();
            assertThat(job.get().state().isTerminal())
                    .as(id + " " + job.get().state())
                    .isTrue();
        }
        assertThat(completions)
                .as("accepted completions")
                .allSatisfy((id, count) -> assertThat(count).as(id).isEqualTo(1));
        var counts = store.ledger().counts(QUEUE);
        assertThat(counts.waiting() + counts.scheduled() + counts.active()).isZero();
        assertThat(counts.completed() + counts.failed() + counts.cancelled()).isEqualTo(redis.hlen(TAG + "outcomes"));
    }

    @Test
    void notesOfNobodyAreDropped() {
        List<Claim> active = fill();
        String of = active.get(0).token().jobId();
        store.notes().attributes(busy, active.get(0).token(), Map.of("kept", true));
        store.notes().log(busy, active.get(0).token(), List.of("kept"));
        for (String key : List.of("attributes", "log", "attempts", "workers")) {
            redis.hset(TAG + key, "ghost", "1");
        }
        redis.hset(TAG + "log", "ghost\n0", "nothing");

        auditUntilSound();

        assertThat(redis.hkeys(TAG + "attributes")).containsExactly(of);
        assertThat(redis.hkeys(TAG + "log")).containsExactlyInAnyOrder(of, of + "\n0");
        assertThat(redis.hkeys(TAG + "attempts")).containsExactlyInAnyOrder("retried-0", "retried-1", "retried-2");
        assertThat(redis.hkeys(TAG + "workers")).doesNotContain("ghost").hasSize(1);
    }

    static Stream<String> names() {
        return IntStream.range(0, new RedisKeys("jq").ofQueue(QUEUE).size()).mapToObj(RedisKeys::name);
    }

    @Test
    void soundQueueIsLeftAsItIsInOneCallAPartOfIt() {
        fill();

        assertThat(audit()).noneMatch(audit -> audit.found() || audit.urgent());
    }

    @ParameterizedTest
    @MethodSource("names")
    void afterTheLossOfAKeyEveryJobIsRunEndedOrReported(String name) {
        List<Claim> active = fill();
        redis.del(TAG + name);

        auditUntilSound();
        List<String> survivors = survivors();
        runEverything(active);
        auditUntilSound();

        assertEveryJobHasEndedOnce(survivors);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void afterRandomLossesEveryJobIsRunEndedOrReported(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Claim> active = fill();
        for (int i = 0; i < 25; i++) {
            loseSomething(RedisKeys.name(random.nextInt((int) names().count())), random);
        }

        auditUntilSound();
        List<String> survivors = survivors();
        runEverything(active);
        auditUntilSound();

        assertEveryJobHasEndedOnce(survivors);
    }

    private void loseSomething(String name, SplittableRandom random) {
        String key = TAG + name;
        switch (redis.type(key)) {
            case "hash" -> {
                List<String> fields = redis.hkeys(key).stream().sorted().toList();
                redis.hdel(key, fields.get(random.nextInt(fields.size())));
            }
            case "zset" -> {
                long size = redis.zcard(key);
                int place = random.nextInt((int) size);
                redis.zremrangeByRank(key, place, place);
            }
            case "list" -> {
                byte[] list = key.getBytes(UTF_8);
                int place = random.nextInt((int) redis.llen(key));
                redis.lrem(list, 1, redis.lindex(list, place));
            }
            default -> {
                // numbers are lost as a whole, in the test of whole keys
            }
        }
    }

    @Test
    void lostJobsReturnToTheirOldPlaces() {
        for (int i = 0; i < 9; i++) {
            enqueue(job("job-" + i, "a", 0, Duration.ZERO, null));
        }
        byte[] waiting = (TAG + "waiting").getBytes(UTF_8);
        redis.lrem(waiting, 1, redis.lindex(waiting, 4));
        redis.lrem(waiting, 1, redis.lindex(waiting, 0));

        assertThat(audit()).anySatisfy(audit -> {
            assertThat(audit.urgent()).isTrue();
            assertThat(audit.putBack()).isEqualTo(2);
        });

        assertThat(claim(busy, 9))
                .extracting(claim -> claim.token().jobId())
                .containsExactlyElementsOf(
                        IntStream.range(0, 9).mapToObj(i -> "job-" + i).toList());
    }

    @Test
    void lostOutcomeIsReportedAndTheJobNotRunAgain() {
        fill();
        redis.hdel(TAG + "outcomes", "done-1");

        auditUntilSound();

        assertThat(store.ledger().find(QUEUE, "done-1")).hasValueSatisfying(job -> {
            assertThat(job.state()).isEqualTo(JobState.FAILED);
            assertThat(java.util.Objects.requireNonNull(job.error()).type()).isEqualTo(JobError.LOST_OUTCOME);
        });
        assertThat(store.ledger().counts(QUEUE).completed()).isEqualTo(2);
    }

    @Test
    void reservationOfAJobThatIsGoneIsFreed() {
        fill();
        redis.hdel(TAG + "jobs", "single-2");
        redis.hdel(TAG + "dedup-of", "single-3");

        auditUntilSound();

        assertThat(redis.hlen(TAG + "dedup")).isEqualTo(9);
        assertThat(redis.hexists(TAG + "dedup-of", "single-2")).isFalse();
        assertThat(redis.hexists(TAG + "dedup-of", "single-3")).isTrue();
    }

    @Test
    void claimThatLostItsSessionIsTakenOverWhenTheLeaseWouldHaveEnded() {
        fill();
        redis.del(TAG + "sessions");
        Term term = store.leaderLock().acquire(QUEUE, "me", DAY).orElseThrow();

        auditUntilSound();

        assertThat(store.transitions().reap(term, new ReapRequest(100, StallPolicy.REQUEUE, 3, DAY, DAY)))
                .isEmpty();
        clock.advance(LEASE);
        assertThat(store.transitions().reap(term, new ReapRequest(100, StallPolicy.REQUEUE, 3, DAY, DAY)))
                .hasSize(3);
    }

    @Test
    void auditOfALargeQueueTakesManyShortCalls() {
        for (int i = 0; i < 30; i++) {
            int from = i * 100;
            enqueue(IntStream.range(from, from + 100)
                    .mapToObj(number -> job("job-" + number, "a", 0, Duration.ZERO, null))
                    .toArray(NewJob[]::new));
        }
        redis.del(TAG + "waiting");

        List<Audit> audits = audit();

        assertThat(audits.size()).isGreaterThan(20);
        assertThat(audits).allSatisfy(audit -> assertThat(audit.putBack()).isLessThanOrEqualTo(150));
        assertThat(audits.stream().mapToInt(Audit::putBack).sum()).isEqualTo(3_000);
        assertThat(store.ledger().counts(QUEUE).waiting()).isEqualTo(3_000);
    }
}
