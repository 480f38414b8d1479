package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Enqueued;
import io.jobqueue.JobRequest.IfFailed;
import io.jobqueue.JobState;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.NewJob;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EnqueueGateTests {

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final List<List<String>> calls = new CopyOnWriteArrayList<>();
    private final List<Boolean> interruptedCalls = new CopyOnWriteArrayList<>();
    private final CountDownLatch firstIsUnderWay = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final EnqueueGate gate = new EnqueueGate(new PlainWriter("work", store(), new OwnWorkers()));

    @AfterEach
    void endCallers() {
        release.countDown();
        callers.shutdownNow();
    }

    /** A store whose first call of several waits to be released, and which is away for jobs named "away". */
    private JobTransitions store() {
        return (JobTransitions) Proxy.newProxyInstance(
                JobTransitions.class.getClassLoader(),
                new Class<?>[] {JobTransitions.class},
                (proxy, method, arguments) -> enqueue((List<?>) arguments[1]));
    }

    private List<EnqueueAnswer> enqueue(List<?> jobs) throws InterruptedException {
        List<String> ids = jobs.stream().map(job -> ((NewJob) job).id()).toList();
        calls.add(ids);
        interruptedCalls.add(Thread.currentThread().isInterrupted());
        if (ids.contains("first")) {
            firstIsUnderWay.countDown();
            release.await(20, TimeUnit.SECONDS);
        }
        if (ids.contains("away")) {
            throw new StoreUnavailableException("away", StoreUnavailableException.Outcome.UNKNOWN, null);
        }
        return ids.stream()
                .map(id -> new EnqueueAnswer(
                        id,
                        id.endsWith("7") ? Enqueued.Status.DUPLICATE : Enqueued.Status.QUEUED,
                        JobState.WAITING,
                        null))
                .toList();
    }

    private static NewJob job(String id) {
        return new NewJob(
                id, new JobSpec("type", new byte[0], 0, JobOptions.NONE), IfFailed.KEEP, Duration.ZERO, null, null);
    }

    private Future<Enqueued.Status> enqueueInBackground(String id) {
        return callers.submit(() -> gate.enqueue(job(id)).status());
    }

    private void holdFirstCall() throws InterruptedException {
        var unused = enqueueInBackground("first");
        assertThat(firstIsUnderWay.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private List<Future<Enqueued.Status>> gather(int jobs) {
        List<Future<Enqueued.Status>> answers = new ArrayList<>();
        int expected = gate.gathered() + jobs;
        for (int i = 0; i < jobs; i++) {
            answers.add(enqueueInBackground("job-" + i));
        }
        awaitGathered(expected);
        return answers;
    }

    private void awaitGathered(int callers) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (gate.gathered() < callers) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void callerAloneIsSentAtOnce() {
        assertThat(gate.enqueue(job("a")).status()).isEqualTo(Enqueued.Status.QUEUED);

        assertThat(calls).containsExactly(List.of("a"));
    }

    @Test
    void callersDuringACallShareTheNext() throws Exception {
        holdFirstCall();
        List<Future<Enqueued.Status>> answers = gather(30);

        release.countDown();

        for (int i = 0; i < 30; i++) {
            assertThat(answers.get(i).get(20, TimeUnit.SECONDS))
                    .isEqualTo(i % 10 == 7 ? Enqueued.Status.DUPLICATE : Enqueued.Status.QUEUED);
        }
        assertThat(calls).hasSize(2);
        assertThat(calls.get(1)).hasSize(30);
    }

    @Test
    void noCallCarriesMoreThanOneHundred() throws Exception {
        holdFirstCall();
        List<Future<Enqueued.Status>> answers = gather(250);

        release.countDown();

        for (Future<Enqueued.Status> answer : answers) {
            assertThat(answer.get(20, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(calls).extracting(List::size).containsExactly(1, 100, 100, 50);
    }

    @Test
    void failureReachesEveryCallerOfTheCall() throws Exception {
        holdFirstCall();
        Future<Enqueued.Status> away = enqueueInBackground("away");
        awaitGathered(1);
        List<Future<Enqueued.Status>> answers = gather(1);
        release.countDown();

        assertThatThrownBy(() -> away.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> answers.get(0).get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(StoreUnavailableException.class);
        assertThat(gate.enqueue(job("b")).status()).isEqualTo(Enqueued.Status.QUEUED);
    }

    @Test
    void interruptedCallerStillGetsItsAnswer() throws Exception {
        holdFirstCall();
        CountDownLatch answered = new CountDownLatch(1);
        List<Boolean> interrupted = new CopyOnWriteArrayList<>();
        Thread caller = new Thread(() -> {
            gate.enqueue(job("a"));
            interrupted.add(Thread.currentThread().isInterrupted());
            answered.countDown();
        });
        caller.start();
        awaitGathered(1);
        caller.interrupt();
        release.countDown();

        assertThat(answered.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(interrupted).containsExactly(true);
        assertThat(calls).containsExactly(List.of("first"), List.of("a"));
    }

    @Test
    void callIsMadeForOthersWithoutTheInterruptOfItsCaller() throws Exception {
        holdFirstCall();
        List<Boolean> interrupted = new CopyOnWriteArrayList<>();
        List<Thread> callers = new ArrayList<>();
        for (String id : List.of("a", "b", "c")) {
            callers.add(new Thread(() -> {
                Thread.currentThread().interrupt();
                gate.enqueue(job(id));
                interrupted.add(Thread.currentThread().isInterrupted());
            }));
        }
        callers.forEach(Thread::start);
        awaitGathered(3);
        release.countDown();

        for (Thread caller : callers) {
            caller.join(20_000);
        }
        assertThat(interrupted).containsExactly(true, true, true);
        Thread.currentThread().interrupt();
        gate.enqueue(job("d"));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(calls).hasSize(3);
        assertThat(interruptedCalls).containsOnly(false);
    }

    @Test
    void manyCallersAreAllAnswered() throws Exception {
        release.countDown();
        List<Future<Integer>> results = new ArrayList<>();
        for (int c = 0; c < 16; c++) {
            int caller = c;
            results.add(callers.submit(() -> {
                for (int i = 0; i < 2_000; i++) {
                    gate.enqueue(job(caller + "-" + i));
                }
                return 2_000;
            }));
        }

        for (Future<Integer> result : results) {
            assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo(2_000);
        }
        assertThat(calls.stream().mapToInt(List::size).sum()).isEqualTo(32_000);
    }
}
