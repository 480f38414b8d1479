package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Enqueued.Status;
import io.jobqueue.JobRequest.IfFailed;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.NewJob;
import io.jobqueue.testkit.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Many batches of new jobs that are sent before the first of them is answered. */
class ManyBatchesIT extends RedisStoreFixture {

    private static final int BATCH = 100;
    private static final int BATCHES = 4;

    private static List<List<NewJob>> batches(int payloadBytes) {
        List<List<NewJob>> batches = new ArrayList<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            int from = batch * BATCH;
            batches.add(IntStream.range(from, from + BATCH)
                    .mapToObj(number -> new NewJob(
                            "job-" + number,
                            new JobSpec("type", new byte[payloadBytes], 0, JobOptions.NONE),
                            IfFailed.KEEP,
                            Duration.ZERO,
                            null,
                            null))
                    .toList());
        }
        return batches;
    }

    private static List<EnqueueAnswer> enqueueAll(RedisStore store) {
        return store.transitions().enqueueAll(QUEUE, batches(10));
    }

    private long waiting() {
        return store.ledger().counts(QUEUE).waiting();
    }

    @Test
    void answersAndJobsAreInOrder() {
        enqueue(store, "job-250");

        List<EnqueueAnswer> answers = enqueueAll(store);

        assertThat(answers)
                .extracting(EnqueueAnswer::id)
                .containsExactlyElementsOf(IntStream.range(0, BATCHES * BATCH)
                        .mapToObj(number -> "job-" + number)
                        .toList());
        assertThat(answers.get(250).status()).isEqualTo(Status.DUPLICATE);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == Status.QUEUED)
                .hasSize(BATCHES * BATCH - 1);
        assertThat(claim(store, session("s"), 3))
                .extracting(claim -> claim.token().jobId())
                .containsExactly("job-250", "job-0", "job-1");
    }

    @Test
    void moreThanAreSentTogetherAreInOrderToo() {
        List<List<NewJob>> many = new ArrayList<>();
        for (int batch = 0; batch < 40; batch++) {
            many.add(List.of(job("a-" + batch), job("b-" + batch)));
        }

        List<EnqueueAnswer> answers = store.transitions().enqueueAll(QUEUE, many);

        List<String> ids = many.stream().flatMap(List::stream).map(NewJob::id).toList();
        assertThat(answers).extracting(EnqueueAnswer::id).containsExactlyElementsOf(ids);
        assertThat(claim(store, session("s"), 80))
                .extracting(claim -> claim.token().jobId())
                .containsExactlyElementsOf(ids);
    }

    @Test
    void forgottenScriptIsSentAgain() {
        enqueue(store, "warm");
        try (Jedis redis = server.commands()) {
            redis.scriptFlush();
        }

        assertThat(enqueueAll(store)).allMatch(answer -> answer.status() == Status.QUEUED);
        assertThat(waiting()).isEqualTo(BATCHES * BATCH + 1);
    }

    @Test
    void memoryThatGetsFullInTheMiddleLeavesUnknownWhatIsStored() {
        List<List<NewJob>> large = batches(20_000);
        enqueue(store, "warm");
        try (Jedis redis = server.commands()) {
            redis.configSet("maxmemory", String.valueOf(used(redis) + 3_500_000));
        }

        StoreUnavailableException failure =
                unavailable(() -> store.transitions().enqueueAll(QUEUE, large));

        long stored = waiting() - 1;
        assertThat(stored).isPositive().isLessThan(BATCHES * BATCH);
        assertThat(failure)
                .hasMessageStartingWith(stored + " of the jobs are stored, then ")
                .returns(Outcome.UNKNOWN, StoreUnavailableException::outcome);
        try (Jedis redis = server.commands()) {
            redis.configSet("maxmemory", "0");
        }
        store.transitions().enqueueAll(QUEUE, large);
        assertThat(waiting()).isEqualTo(BATCHES * BATCH + 1);
    }

    @Test
    void fullMemoryRefusesAllForCertain() {
        enqueue(store, "warm");
        try (Jedis redis = server.commands()) {
            redis.configSet("maxmemory", "1mb");
        }

        assertThat(unavailable(() -> enqueueAll(store)).outcome()).isEqualTo(Outcome.REFUSED);

        assertThat(waiting()).isOne();
    }

    @Test
    void serverThatIsNotThereRefusesForCertain() {
        server.kill();

        assertThat(unavailable(() -> enqueueAll(store)).outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void allAreSentBeforeAnAnswerAndRepeatingIsSafe() {
        try (TcpProxy line = TcpProxy.to(server.port());
                RedisStore far = RedisStore.open(RedisConnection.of("127.0.0.1:" + line.port()), "jq")) {
            enqueue(far, "warm");
            line.loseAnswers();
            assertThat(unavailable(() -> enqueueAll(far)).outcome()).isEqualTo(Outcome.UNKNOWN);
            awaitWaiting(BATCHES * BATCH + 1);
            line.heal();

            enqueueAll(far);

            assertThat(waiting()).isEqualTo(BATCHES * BATCH + 1);
        }
    }

    /** The server may still be at it when the line has broken. */
    private void awaitWaiting(long jobs) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (waiting() != jobs) {
            assertThat(System.nanoTime()).as("%s jobs wait", waiting()).isLessThan(deadline);
        }
    }

    private static long used(Jedis redis) {
        return redis.info("memory")
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring("used_memory:".length()).trim()))
                .findFirst()
                .orElseThrow();
    }

    private static StoreUnavailableException unavailable(Runnable call) {
        List<StoreUnavailableException> thrown = new ArrayList<>();
        assertThatThrownBy(call::run).isInstanceOfSatisfying(StoreUnavailableException.class, thrown::add);
        return thrown.get(0);
    }
}
