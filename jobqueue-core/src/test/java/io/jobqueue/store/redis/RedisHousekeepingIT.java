package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobError;
import io.jobqueue.JobRequest.IfFailed;
import io.jobqueue.JobState;
import io.jobqueue.Progress;
import io.jobqueue.store.Claim;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.PurgeRequest;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.Term;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** What a store leaves behind on a real Redis, and what it does not. */
class RedisHousekeepingIT extends RedisStoreFixture {

    @Test
    void nothingIsLeftBehindWhenEveryJobIsPurged() {
        WorkerSession session = session("s");
        Duration shortest = Duration.ofMillis(1);
        for (String id : List.of("done", "failed", "retried", "cancelled", "dropped")) {
            enqueue(store, id);
        }
        store.transitions().cancel(QUEUE, "dropped", shortest);
        List<Claim> claims = claim(store, session, 4);
        JobError error = new JobError("E", "m", "s");
        store.notes().progress(session, claims.get(0).token(), new Progress(50, "half"));
        for (Claim claim : claims) {
            store.notes().attributes(session, claim.token(), Map.of("part", 1L));
            store.notes().log(session, claim.token(), List.of("begun", "going on"));
        }
        store.transitions().cancel(QUEUE, "cancelled", shortest);
        exchange(
                session,
                new Settlement.Complete(claims.get(0).token(), "1".getBytes(UTF_8), shortest),
                new Settlement.Fail(claims.get(1).token(), error, shortest),
                new Settlement.Retry(claims.get(2).token(), Duration.ZERO, error),
                new Settlement.Complete(claims.get(3).token(), null, shortest));
        Claim retried = claim(store, session, 1).get(0);
        exchange(session, new Settlement.Complete(retried.token(), null, shortest));
        store.transitions().reconcile(session, List.of());
        Term term = store.leaderLock().acquire(QUEUE, "me", HOUR).orElseThrow();
        awaitRetentionOver("retried");

        assertThat(store.transitions().purge(term, new PurgeRequest(100))).isEqualTo(5);

        try (Jedis redis = server.commands()) {
            assertThat(redis.keys("*"))
                    .containsExactlyInAnyOrder(
                            "jq:queues",
                            "{jq:mails}:sequence",
                            "{jq:mails}:fences",
                            "{jq:mails}:stats",
                            "{jq:mails}:wake",
                            "{jq:mails}:leader");
        }
    }

    @Test
    void jobsThatCompleteAtOnceHaveAHistoryWithoutAKeyOfItsOwn() {
        WorkerSession session = session("s");
        enqueue(store, "a");
        enqueue(store, "b");
        List<Claim> claims = claim(store, session, 2);
        exchange(
                session,
                new Settlement.Complete(claims.get(0).token(), null, HOUR),
                new Settlement.Complete(claims.get(1).token(), null, HOUR));

        assertThat(store.ledger().history(QUEUE, "a")).hasSize(1);
        assertThat(store.ledger().history(QUEUE, "b")).hasSize(1);
        try (Jedis redis = server.commands()) {
            assertThat(redis.keys("*attempts")).isEmpty();
            assertThat(redis.keys("*attributes")).isEmpty();
            assertThat(redis.keys("*log")).isEmpty();
        }
    }

    @Test
    void purgeLooksAtABoundedNumberOfExpiriesACall() {
        Duration shortest = Duration.ofMillis(1);
        int rounds = 2_500;
        for (int i = 0; i < rounds; i++) {
            enqueue(store, "same");
            store.transitions().cancel(QUEUE, "same", shortest);
        }
        awaitRetentionOver("same");
        Term term = store.leaderLock().acquire(QUEUE, "me", HOUR).orElseThrow();

        int calls = 0;
        while (store.transitions().purge(term, new PurgeRequest(100)) > 0) {
            calls++;
        }

        assertThat(calls).isGreaterThan(1);
        try (Jedis redis = server.commands()) {
            assertThat(redis.exists("{jq:mails}:retained-cancelled")).isFalse();
        }
    }

    @Test
    void countsAndOverviewCostTheSameHoweverManyJobsThereAre() {
        enqueue(store, "a");
        Map<String, Long> few = commandsOf(() -> {
            store.ledger().counts(QUEUE);
            store.ledger().overview(QUEUE);
        });
        for (int i = 0; i < 3_000; i++) {
            enqueue(store, "job-" + i);
        }

        Map<String, Long> many = commandsOf(() -> {
            store.ledger().counts(QUEUE);
            store.ledger().overview(QUEUE);
        });

        assertThat(many).isEqualTo(few);
        assertThat(many.keySet()).noneMatch(command -> command.contains("scan") || command.contains("getall"));
    }

    @Test
    void callWithoutAnAnswerMakesNoOtherWorkersCallsDearer() {
        WorkerSession session = session("s");
        claim(store, session, 1);
        Map<String, Long> before = commandsOf(() -> claimAndComplete(session));

        store.transitions().reconcile(session("other").nextEpoch(), List.of());

        Map<String, Long> after = commandsOf(() -> claimAndComplete(session));
        assertThat(after.keySet()).containsAll(before.keySet()).doesNotContain("lpop");
        assertThat(after.values().stream().mapToLong(Long::longValue).sum())
                .as("%s instead of %s", after, before)
                .isLessThanOrEqualTo(
                        before.values().stream().mapToLong(Long::longValue).sum() + 16);
    }

    private void claimAndComplete(WorkerSession session) {
        enqueue(store, "a-" + System.nanoTime());
        Claim claim = claim(store, session, 1).get(0);
        exchange(session, new Settlement.Complete(claim.token(), null, HOUR));
    }

    private Map<String, Long> commandsOf(Runnable calls) {
        try (Jedis redis = server.commands()) {
            calls.run(); // the scripts are known from here on
            redis.configResetStat();
            calls.run();
            Map<String, Long> commands = new TreeMap<>();
            redis.info("commandstats")
                    .lines()
                    .filter(line -> line.startsWith("cmdstat_") && !line.contains("config"))
                    .forEach(line -> commands.put(
                            line.substring("cmdstat_".length(), line.indexOf(':')),
                            Long.parseLong(line.substring(line.indexOf("calls=") + 6, line.indexOf(',')))));
            return commands;
        }
    }

    @Test
    void queueIsKnownAgainAfterTheServerLostItsData() {
        AtomicLong nanos = new AtomicLong();
        RedisLines lines = new RedisLines(server.connection(), null);
        RedisKeys keys = new RedisKeys("jq");
        ScriptRunner runner = TestRunner.of(lines);
        QueueRegistry registry = new QueueRegistry(runner, keys, nanos::get);
        registry.add(QUEUE);
        try (Jedis redis = server.commands()) {
            redis.flushAll();
        }

        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        registry.add(QUEUE);

        assertThat(registry.names()).containsExactly(QUEUE);
        lines.close();
    }

    @Test
    void scriptsAreNeverBuiltFromNames() {
        String hostile = "');redis.call('FLUSHALL')--";
        enqueue(store, "a");
        long before = cachedScripts();

        store.transitions()
                .enqueue(
                        hostile,
                        List.of(new NewJob(
                                hostile,
                                new JobSpec(hostile, new byte[0], 0, JobOptions.NONE),
                                IfFailed.KEEP,
                                Duration.ZERO,
                                null,
                                null)));

        assertThat(store.ledger().find(hostile, hostile))
                .hasValueSatisfying(job -> assertThat(job.state()).isEqualTo(JobState.WAITING));
        assertThat(cachedScripts() - before).isLessThanOrEqualTo(1);
    }

    private long cachedScripts() {
        try (Jedis redis = server.commands()) {
            return redis.info("memory")
                    .lines()
                    .filter(line -> line.startsWith("number_of_cached_scripts:"))
                    .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                    .sum();
        }
    }
}
