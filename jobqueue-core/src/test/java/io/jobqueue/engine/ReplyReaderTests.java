package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.JobId;
import io.jobqueue.JobQueueException;
import io.jobqueue.JobRequest;
import io.jobqueue.JobState;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.UnreadableJobException;
import io.jobqueue.store.Ended;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobOutcome;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Replies whose hints were lost, late or without content. */
class ReplyReaderTests {

    private static final Duration SWEEP = Duration.ofSeconds(2);
    private static final Duration UNLOOKED = Duration.ofSeconds(3);

    private final WorkerBench bench = WorkerBench.of(300, (payload, job) -> "done " + payload);
    private final Waiters waiters = new Waiters();
    private final ReplyReader reader =
            new ReplyReader(waiters, bench.store.ledger(), bench.nanos, bench.context.jitter());
    private final ReplyListener listener = new ReplyListener(waiters, reader, () -> {});

    @AfterEach
    void close() {
        bench.close();
    }

    private static JobId id(String id) {
        return JobId.of(WorkerBench.QUEUE, id);
    }

    private Waiter waiter(String id) {
        Waiter waiter = new Waiter(id(id), bench.nanos.getAsLong());
        waiters.add(waiter);
        waiter.markEnqueued();
        return waiter;
    }

    @Test
    void hintWithItsOutcomeNeedsNoRead() {
        Waiter waiter = waiter("a");

        listener.ended(new Ended(WorkerBench.QUEUE, "a", new JobOutcome(JobState.COMPLETED, new byte[] {'1'}, null)));

        assertThat(waiter.outcome()).isCompletedWithValueMatching(outcome -> outcome.state() == JobState.COMPLETED);
        assertThat(waiters.isEmpty()).isTrue();
        assertThat(bench.store.calls("find")).isZero();
    }

    @Test
    void hintWithoutOutcomeIsReadFromTheStore() {
        Waiter waiter = waiter("a");
        bench.enqueue("a");
        bench.work();

        listener.ended(new Ended(WorkerBench.QUEUE, "a", null));
        assertThat(waiter.outcome()).isNotDone();
        reader.poll();

        assertThat(waiter.outcome()).isCompletedWithValueMatching(outcome -> outcome.result() != null);
    }

    @Test
    void hintNobodyWaitsForIsIgnored() {
        listener.ended(new Ended(WorkerBench.QUEUE, "a", null));

        reader.poll();

        assertThat(bench.store.calls("find")).isZero();
    }

    @Test
    void everythingIsReadWhenTheSubscriptionIsBack() {
        Waiter ended = waiter("a");
        Waiter pending = waiter("b");
        bench.enqueue("a");
        bench.work();
        bench.enqueue("b");

        listener.resumed();
        reader.poll();

        assertThat(ended.outcome()).isCompleted();
        assertThat(pending.outcome()).isNotDone();
    }

    @Test
    void lostHintIsMadeUpForByTheSweep() {
        Waiter waiter = waiter("a");
        bench.enqueue("a");
        bench.work();
        assertThat(reader.poll()).isEqualTo(SWEEP);
        assertThat(waiter.outcome()).isNotDone();

        bench.clock.advance(UNLOOKED);
        reader.poll();

        assertThat(waiter.outcome()).isCompleted();
    }

    @Test
    void sweepLooksAtAllInCallsOfOneHundredAndReadsOnlyWhatHasEnded() {
        bench.enqueue("ended");
        bench.work();
        Waiter told = waiter("ended");
        for (int i = 1; i < 250; i++) {
            bench.enqueue("job-" + i);
            waiter("job-" + i);
        }
        bench.clock.advance(UNLOOKED);

        assertThat(reader.poll()).isZero();
        assertThat(reader.poll()).isZero();
        assertThat(reader.poll()).isPositive();

        assertThat(bench.store.calls("states")).isEqualTo(3);
        assertThat(told.outcome()).isCompleted();
        assertThat(waiters.all()).hasSize(249);
        assertThat(bench.store.calls("find")).isEqualTo(1);
        assertThat(waiters.all()).allMatch(same -> same.get(0).lookedAt() > 0);
    }

    @Test
    void waitersOfOtherQueuesAreLookedAtInTheSameSweep() {
        Waiter elsewhere = new Waiter(JobId.of("elsewhere", "a"), bench.nanos.getAsLong());
        waiters.add(elsewhere);
        elsewhere.markEnqueued();
        Waiter here = waiter("a");
        bench.enqueue(JobRequest.of("type", "a").id("a"));
        bench.clock.advance(UNLOOKED);

        assertThat(reader.poll()).isZero();
        reader.poll();

        assertThat(here.lookedAt()).isEqualTo(elsewhere.lookedAt()).isPositive();
    }

    /** A reader of a store that answers for some jobs with an error. */
    private ReplyReader readerOf(Map<JobId, JobQueueException> failures) {
        JobLedger whole = bench.store.ledger();
        JobLedger failing = (JobLedger) Proxy.newProxyInstance(
                JobLedger.class.getClassLoader(), new Class<?>[] {JobLedger.class}, (proxy, method, arguments) -> {
                    JobQueueException failure = method.getName().equals("find")
                            ? failures.get(JobId.of((String) arguments[0], (String) arguments[1]))
                            : null;
                    if (failure != null) {
                        throw failure;
                    }
                    return method.invoke(whole, arguments);
                });
        return new ReplyReader(waiters, failing, bench.nanos, bench.context.jitter());
    }

    @Test
    void jobThatCannotBeReadEndsItsWaitAndHoldsUpNoOther() {
        ReplyReader some = readerOf(Map.of(id("bad"), new UnreadableJobException(id("bad"), "no record")));
        Waiter bad = waiter("bad");
        List<Waiter> others = Stream.of("a", "b", "c", "d").map(this::waiter).toList();
        bench.enqueue("a", "b", "c", "d");
        bench.work();

        some.requestAll();
        some.poll();

        assertThat(others).allMatch(waiter -> waiter.outcome().isDone());
        assertThat(bad.outcome())
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(UnreadableJobException.class);
        assertThat(waiters.isEmpty()).isTrue();
    }

    @Test
    void queueThatCannotBeReachedHoldsUpNoOtherAndIsReadLater() {
        var noAnswer = new StoreUnavailableException("away", StoreUnavailableException.Outcome.REFUSED, null);
        Map<JobId, JobQueueException> failures = new HashMap<>();
        List<Waiter> away = Stream.of("1", "2", "3", "4", "5", "6", "7", "8")
                .map(id -> new Waiter(JobId.of("elsewhere", id), bench.nanos.getAsLong()))
                .toList();
        for (Waiter waiter : away) {
            failures.put(waiter.id(), noAnswer);
            waiters.add(waiter);
            waiter.markEnqueued();
        }
        ReplyReader some = readerOf(failures);
        List<Waiter> others = Stream.of("a", "b", "c", "d").map(this::waiter).toList();
        bench.enqueue("a", "b", "c", "d");
        bench.work();

        some.requestAll();
        assertThatThrownBy(some::poll).isInstanceOf(StoreUnavailableException.class);

        assertThat(others).allMatch(waiter -> waiter.outcome().isDone());
        assertThat(away).noneMatch(waiter -> waiter.outcome().isDone());
        failures.clear();
        bench.store.forgetCalls();
        some.poll();
        assertThat(bench.store.calls("find")).isEqualTo(away.size());
    }

    @Test
    void resultThatIsKeptCostsNoSecondCall() {
        bench.enqueue("a");
        bench.work();
        bench.store.forgetCalls();

        String result = bench.queue.enqueueAndWait(
                JobRequest.of("type", "a").id("a").queue(WorkerBench.QUEUE).build(), String.class, SWEEP);

        assertThat(result).isEqualTo("done a");
        assertThat(bench.store.calls("enqueue")).isEqualTo(1);
        assertThat(bench.store.calls("forget")).isZero();
    }

    @Test
    void jobThatIsNotStoredYetIsNotMissed() {
        Waiter waiter = new Waiter(id("a"), bench.nanos.getAsLong());
        waiters.add(waiter);

        listener.resumed();
        reader.poll();

        assertThat(waiter.outcome()).isNotDone();
        assertThat(bench.store.calls("find")).isZero();
    }

    @Test
    void removedJobEndsTheWaitAtTheSecondLook() {
        Waiter waiter = waiter("a");

        listener.resumed();
        reader.poll();
        assertThat(waiter.outcome()).isNotDone();

        bench.clock.advance(UNLOOKED);
        reader.poll();
        assertThat(waiter.outcome()).isCompletedExceptionally();
    }
}
