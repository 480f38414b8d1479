package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Dedup;
import io.jobqueue.Enqueued.Status;
import io.jobqueue.QueueCounts;
import io.jobqueue.store.Claim;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.WorkerSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Steps are atomic among threads. */
public interface ConcurrencyContract extends StoreFixture {

    int JOBS = 2000;
    int BATCH = 20;

    @Test
    default void everyJobIsDeliveredOnceAmongManyWorkers() throws Exception {
        enqueueMany("job-", 0, JOBS);

        List<List<String>> delivered = together(8, worker -> drain());

        assertThat(delivered.stream().flatMap(List::stream).toList())
                .hasSize(JOBS)
                .doesNotHaveDuplicates();
        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 0, 0, 0, JOBS, 0, 0));
    }

    @Test
    default void jobsEnqueuedDuringTheDrainAreDeliveredOnce() throws Exception {
        AtomicInteger left = new AtomicInteger(JOBS);

        List<List<String>> delivered = together(8, worker -> {
            if (worker < 4) {
                enqueueMany("job-" + worker + "-", 0, JOBS / 4);
                return List.<String>of();
            }
            return drainUntil(left);
        });

        assertThat(delivered.stream().flatMap(List::stream).toList())
                .hasSize(JOBS)
                .doesNotHaveDuplicates();
        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 0, 0, 0, JOBS, 0, 0));
    }

    @Test
    default void oneOfManySimultaneousEnqueuesOfAnIdIsStored() throws Exception {
        for (int round = 0; round < 10; round++) {
            String id = "job-" + round;

            List<Status> answers = together(20, caller -> enqueue(id).get(0).status());

            assertThat(Collections.frequency(answers, Status.QUEUED)).isOne();
            assertThat(Collections.frequency(answers, Status.DUPLICATE)).isEqualTo(19);
        }
        assertThat(counts().waiting()).isEqualTo(10);
    }

    @Test
    default void oneOfManySimultaneousJobsOfAKeyIsStored() throws Exception {
        for (int round = 0; round < 10; round++) {
            Dedup dedup = Dedup.untilTerminal("key-" + round);
            String prefix = "job-" + round + "-";

            List<EnqueueAnswer> answers = together(
                    20, caller -> enqueue(job(prefix + caller).dedup(dedup)).get(0));

            assertThat(answers)
                    .filteredOn(answer -> answer.status() == Status.QUEUED)
                    .hasSize(1);
            assertThat(answers.stream().map(EnqueueAnswer::id).distinct()).hasSize(1);
        }
        assertThat(counts().waiting()).isEqualTo(10);
    }

    @Test
    default void oneOfManySimultaneousCandidatesLeads() throws Exception {
        List<Boolean> answers = together(
                10,
                candidate -> store().leaderLock()
                        .acquire(queue(), "candidate-" + candidate, REIGN)
                        .isPresent());

        assertThat(Collections.frequency(answers, true)).isOne();
    }

    private void enqueueMany(String prefix, int from, int to) {
        for (int first = from; first < to; first += BATCH) {
            List<NewJob> batch = IntStream.range(first, Math.min(to, first + BATCH))
                    .mapToObj(i -> job(prefix + i).newJob())
                    .toList();
            jobs().enqueue(queue(), batch);
        }
    }

    /** Works until nothing waits, and returns the ids it was given. */
    private List<String> drain() {
        List<String> delivered = new ArrayList<>();
        WorkerSession session = session();
        Settlement[] endings = {};
        do {
            endings = exchangeAll(session, endings, delivered);
        } while (endings.length > 0);
        return delivered;
    }

    private List<String> drainUntil(AtomicInteger left) {
        List<String> delivered = new ArrayList<>();
        WorkerSession session = session();
        Settlement[] endings = {};
        while (left.get() > 0 || endings.length > 0) {
            endings = exchangeAll(session, endings, delivered);
            left.addAndGet(-endings.length);
        }
        return delivered;
    }

    private Settlement[] exchangeAll(WorkerSession session, Settlement[] endings, List<String> delivered) {
        ExchangeAnswer answer = exchange(session, BATCH, endings);
        assertThat(answer.settled()).doesNotContain(false);
        delivered.addAll(ids(answer.claims()));
        return answer.claims().stream().map(claim -> ending(claim)).toArray(Settlement[]::new);
    }

    private static Settlement ending(Claim claim) {
        return Ending.COMPLETE.of(claim);
    }

    /** One of many threads. */
    interface Part<T> {
        T run(int number) throws Exception;
    }

    private static <T> List<T> together(int threads, Part<T> part) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<T>> parts = IntStream.range(0, threads)
                    .<Callable<T>>mapToObj(number -> () -> part.run(number))
                    .toList();
            List<T> answers = new ArrayList<>();
            for (Future<T> future : pool.invokeAll(parts, 50, TimeUnit.SECONDS)) {
                answers.add(future.get());
            }
            return answers;
        } catch (ExecutionException e) {
            throw new AssertionError("a thread failed", e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
