package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Dedup;
import io.jobqueue.JobError;
import io.jobqueue.JobRequest.IfFailed;
import io.jobqueue.Placement;
import io.jobqueue.Progress;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.PurgeRequest;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.Term;
import io.jobqueue.store.WorkerSession;
import io.jobqueue.store.contract.HeldClock;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/**
 * The memory of a queue whose jobs are kept for their retention, with a clock that is held. The same with a million
 * jobs in real time is a work of the load tool.
 */
class FlatMemoryIT {

    private static final String QUEUE = "mails";
    private static final int PERIODS = 6;
    private static final int JOBS_A_PERIOD = 5_000;
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration FAILED_KEPT = Duration.ofHours(2);

    /** A table that is being resized makes five hundredths, on some servers; 50 bytes left by each job would make forty. */
    private static final double FLAT = 0.1;

    private final HeldClock clock = new HeldClock();
    private final RedisServer server = RedisServer.start();
    private final RedisStore store = RedisStore.open(server.connection(), "jq", new HeldStoreClock(clock));
    private int number;

    @AfterEach
    void close() {
        store.close();
        server.close();
    }

    @Test
    void memoryIsFlatAfterTheFirstRetentionPeriodAndAllIsGoneInTheEnd() {
        List<Long> used = new ArrayList<>();
        for (int period = 0; period < PERIODS; period++) {
            for (int done = 0; done < JOBS_A_PERIOD; done += ExchangeRequest.MOST) {
                runOneHundred();
            }
            clock.advance(KEPT);
            purgeAll();
            used.add(usedMemory());
        }

        // The failed jobs of two periods are kept, so the first two are still growing.
        List<Long> steady = used.subList(2, PERIODS);
        assertThat(steady)
                .as("memory after each period: %s", used)
                .allSatisfy(bytes -> assertThat((double) bytes).isBetween(low(steady), high(steady)));

        clock.advance(FAILED_KEPT);
        purgeAll();
        try (Jedis redis = server.commands()) {
            assertThat(redis.keys("*"))
                    .containsExactlyInAnyOrder(
                            "jq:queues",
                            "{jq:mails}:sequence",
                            "{jq:mails}:fences",
                            "{jq:mails}:stats",
                            "{jq:mails}:wake",
                            "{jq:mails}:leader");
            assertThat(redis.hlen("{jq:mails}:stats")).isLessThan(10);
        }
        assertThat(store.ledger().counts(QUEUE).completed()).isZero();
    }

    private static double low(List<Long> steady) {
        return steady.get(0) * (1 - FLAT);
    }

    private static double high(List<Long> steady) {
        return steady.get(0) * (1 + FLAT);
    }

    /** Every feature a job can have, most jobs plain. */
    private void runOneHundred() {
        List<NewJob> jobs =
                IntStream.range(0, ExchangeRequest.MOST).mapToObj(this::newJob).toList();
        store.transitions().enqueue(QUEUE, jobs);
        WorkerSession session = new WorkerSession(QUEUE, "session-" + number, Duration.ofSeconds(30));
        List<Claim> claims = exchange(session, List.of(), ExchangeRequest.MOST);
        List<Settlement> settlements = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            settlements.add(settlement(session, claims.get(i), i));
        }
        List<Claim> again = exchange(session, settlements, ExchangeRequest.MOST);
        exchange(
                session,
                again.stream()
                        .map(claim -> new Settlement.Complete(claim.token(), null, KEPT))
                        .toList(),
                0);
        store.transitions().reconcile(session, List.of());
    }

    private NewJob newJob(int i) {
        String key = "key-" + number;
        Dedup dedup = switch (i) {
            case 1 -> Dedup.untilTerminal(key);
            case 2 -> Dedup.window(key, Duration.ofMinutes(30));
            case 3 -> Dedup.untilTerminalOr(key, Duration.ofMinutes(30));
            case 4 -> Dedup.debounce(key);
            default -> null;
        };
        return job("job-" + number++, i % 10 == 5 ? 7 : 0, i == 6 ? Placement.FRONT : Placement.END, dedup);
    }

    private static NewJob job(String id, int priority, Placement placement, @Nullable Dedup dedup) {
        return new NewJob(
                id,
                new JobSpec("mail", "{\"to\":\"ada@example.org\"}".getBytes(UTF_8), priority, JobOptions.NONE),
                IfFailed.KEEP,
                Duration.ZERO,
                null,
                placement,
                dedup,
                null);
    }

    private Settlement settlement(WorkerSession session, Claim claim, int i) {
        JobError error = new JobError("E", "no luck", "stack");
        if (i == 10) {
            store.notes().progress(session, claim.token(), new Progress(50, "half"));
            store.notes().attributes(session, claim.token(), Map.of("part", 1L));
            store.notes().log(session, claim.token(), List.of("begun"));
            store.transitions().cancel(QUEUE, claim.token().jobId(), KEPT);
        }
        return switch (i) {
            case 11 -> new Settlement.Fail(claim.token(), error, FAILED_KEPT);
            case 12 -> new Settlement.Retry(claim.token(), Duration.ZERO, error);
            case 13 -> new Settlement.Release(claim.token());
            case 14 -> new Settlement.Snooze(claim.token(), Duration.ZERO);
            case 15 -> new Settlement.Complete(claim.token(), null, Duration.ZERO);
            default -> new Settlement.Complete(claim.token(), "{\"sent\":true}".getBytes(UTF_8), KEPT);
        };
    }

    private List<Claim> exchange(WorkerSession session, List<? extends Settlement> settlements, int claims) {
        var answer = store.transitions().exchange(new ExchangeRequest(session, settlements, claims, KEPT));
        assertThat(answer.settled()).doesNotContain(false);
        return answer.claims();
    }

    private void purgeAll() {
        Term term =
                store.leaderLock().acquire(QUEUE, "leader", Duration.ofDays(1)).orElseThrow();
        int purged = store.transitions().purge(term, new PurgeRequest(ExchangeRequest.MOST));
        while (purged > 0) {
            purged = store.transitions().purge(term, new PurgeRequest(ExchangeRequest.MOST));
        }
    }

    private long usedMemory() {
        try (Jedis redis = server.commands()) {
            return redis.info("memory")
                    .lines()
                    .filter(line -> line.startsWith("used_memory:"))
                    .mapToLong(line ->
                            Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
