package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Backoff;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.RetryPolicy;
import io.jobqueue.StallPolicy;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.ReapRequest;
import io.jobqueue.store.Term;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A worker that loses replies, the store or its lease. */
class WorkerLossTests extends HandledJobs {

    @Test
    void claimsOfALostReplyComeBackWithoutACharge() {
        try (WorkerBench bench = bench(5)) {
            bench.enqueue("a", "b");
            bench.store.dropReplies();
            assertThatThrownBy(bench.worker::poll).isInstanceOf(StoreUnavailableException.class);
            assertThat(bench.executor.size()).isZero();

            bench.store.heal();
            bench.work();

            assertThat(handled).containsExactly("a", "b");
            assertThat(bench.job("a"))
                    .returns(JobState.COMPLETED, JobSnapshot::state)
                    .returns(1, JobSnapshot::attempts)
                    .returns(0, JobSnapshot::crashes);
        }
    }

    @Test
    void claimsThatCouldNotBeBegunComeBackWithTheirSlots() {
        HandlerDefinition handler = HandlerDefinition.of(
                        "type", WorkerBench.QUEUE, String.class, (payload, job) -> handle(payload))
                .withConcurrency(3);
        try (WorkerBench bench = WorkerBench.of(3, handler)) {
            bench.enqueue("a", "b", "c");
            bench.executor.failBy(new OutOfMemoryError("unable to create native thread"));
            assertThatThrownBy(bench.worker::poll).isInstanceOf(OutOfMemoryError.class);
            assertThat(bench.worker.slots().busy()).isZero();
            Share free = bench.intake.share(5, () -> {});
            assertThat(free.room()).containsEntry("type", 3);
            free.release();

            bench.executor.failBy(null);
            bench.work();

            assertThat(handled).containsExactlyInAnyOrder("a", "b", "c");
            assertThat(bench.worker.holdsNothing()).isTrue();
            assertThat(bench.queue.counts(WorkerBench.QUEUE).completed()).isEqualTo(3);
        }
    }

    @Test
    void errorWhileOutcomesAreToldLeavesNoClaimBehind() {
        try (WorkerBench bench = bench(2)) {
            bench.enqueue("a", "b", "c");
            bench.settle();
            bench.executor.runAll();
            bench.listener.failBy(new OutOfMemoryError("a listener's"));
            assertThatThrownBy(bench.worker::poll).isInstanceOf(OutOfMemoryError.class);
            assertThat(bench.job("c").state()).isEqualTo(JobState.ACTIVE);

            bench.listener.failBy(null);
            bench.work();

            assertThat(handled).containsExactly("a", "b", "c");
            assertThat(bench.worker.holdsNothing()).isTrue();
            assertThat(bench.queue.counts(WorkerBench.QUEUE).completed()).isEqualTo(3);
        }
    }

    @Test
    void errorInARunLeavesItsThreadAlone() {
        try (WorkerBench bench = bench(1)) {
            bench.enqueue("a");
            bench.settle();
            RunningJob job = bench.worker.lease().current().jobs().iterator().next();
            bench.listener.failBy(new StackOverflowError("a listener's"));
            bench.executor.runNext();

            job.halt(Halt.LEASE_LOST);

            assertThat(Thread.interrupted()).isFalse();
            assertThat(bench.worker.slots().busy()).isZero();
        }
    }

    @Test
    void callThatArrivesAfterTheLastOneClaimsNothing() {
        try (WorkerBench bench = bench(1)) {
            bench.enqueue("a", "b");
            bench.settle();
            bench.executor.runNext();
            WorkerSession session = bench.worker.lease().current().session();
            bench.worker.drain();
            bench.store.dropReplies();
            bench.store.afterEveryCall(bench.store::heal);
            assertThatThrownBy(bench.worker::finish).isInstanceOf(StoreUnavailableException.class);

            ExchangeAnswer late =
                    bench.store.transitions().exchange(new ExchangeRequest(session, List.of(), 1, Duration.ZERO));

            assertThat(late.sessionLost()).isTrue();
            assertThat(bench.job("b").state()).isEqualTo(JobState.WAITING);
        }
    }

    @Test
    void runningClaimsSurviveALostReply() {
        try (WorkerBench bench = bench(5)) {
            bench.enqueue("a", "b");
            bench.settle();
            bench.enqueue("c");
            bench.executor.runNext();
            bench.store.dropReplies();
            assertThatThrownBy(bench.worker::poll).isInstanceOf(StoreUnavailableException.class);

            bench.store.heal();
            bench.work();

            assertThat(handled).containsExactly("a", "b", "c");
            assertThat(bench.queue.counts(WorkerBench.QUEUE).completed()).isEqualTo(3);
            assertThat(bench.listener.events()).noneMatch(event -> event.startsWith("leaseLost"));
        }
    }

    @Test
    void settlementsAreRepeatedInOrderAfterALostReply() {
        try (WorkerBench bench = bench(2)) {
            bench.enqueue("a", "b");
            bench.settle();
            bench.executor.runAll();
            bench.store.dropReplies();
            assertThatThrownBy(bench.worker::poll).isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(bench.worker::poll).isInstanceOf(StoreUnavailableException.class);

            bench.store.heal();
            bench.settle();

            assertThat(bench.job("a").state()).isEqualTo(JobState.COMPLETED);
            assertThat(bench.listener.events().stream().filter(event -> event.startsWith("COMPLETED")))
                    .hasSize(2);
            assertThat(bench.worker.holdsNothing()).isTrue();
        }
    }

    @Test
    void outcomesKeptThroughAnOutageAreToldInTheirOrder() {
        List<String> runs = new ArrayList<>();
        QueueSettings retryAtOnce = new QueueSettings(
                null,
                null,
                new JobSettings(2, RetryPolicy.backoff(Backoff.fixed(Duration.ZERO)), null, null, null, null));
        try (WorkerBench bench = WorkerBench.of(3, null, retryAtOnce, (payload, job) -> {
            runs.add(payload);
            throw new IllegalStateException("no luck");
        })) {
            bench.enqueue("a", "b", "c");
            bench.settle();
            bench.executor.runAll();
            bench.store.refuse();
            assertThatThrownBy(bench.worker::poll).isInstanceOf(StoreUnavailableException.class);

            bench.store.heal();
            bench.work();

            assertThat(runs).containsExactly("a", "b", "c", "a", "b", "c");
        }
    }

    @Test
    void outageKeepsOutcomesAndChargesNothing() {
        try (WorkerBench bench = bench(2)) {
            bench.enqueue("a");
            bench.settle();
            bench.executor.runAll();
            bench.store.refuse();
            assertThatThrownBy(bench.worker::poll).isInstanceOf(StoreUnavailableException.class);
            bench.clock.advance(Duration.ofSeconds(20));
            assertThatThrownBy(bench.worker::poll).isInstanceOf(StoreUnavailableException.class);

            bench.store.heal();
            bench.settle();

            assertThat(bench.job("a"))
                    .returns(JobState.COMPLETED, JobSnapshot::state)
                    .returns(1, JobSnapshot::attempts);
            assertThat(handled).containsExactly("a");
        }
    }

    @Test
    void outcomeOfATakenOverClaimIsDropped() {
        try (WorkerBench bench = bench(1);
                LogLines log = new LogLines()) {
            bench.enqueue("a");
            bench.settle();
            bench.store.transitions().reconcile(bench.worker.lease().current().session(), List.of());
            bench.executor.runNext();

            bench.settle();

            assertThat(log.messages()).contains("Job work/a: attempt 1 was taken over, its outcome is dropped");
            assertThat(bench.listener.events()).contains("leaseLost 1");
            assertThat(bench.listener.events()).noneMatch(event -> event.startsWith("COMPLETED"));
        }
    }

    @Test
    void lostLeaseDropsOutcomesAndBeginsANewSession() {
        try (WorkerBench bench = bench(2);
                LogLines log = new LogLines()) {
            bench.enqueue("a", "b");
            bench.settle();
            Lease lost = bench.worker.lease().current();
            bench.executor.runNext();
            bench.clock.advance(WorkerBench.LEASE);

            bench.settle();

            assertThat(bench.worker.lease().current().session().id())
                    .isNotEqualTo(lost.session().id());
            assertThat(lost.jobs()).allMatch(RunningJob::isCancelled);
            assertThat(bench.listener.events()).contains("leaseLost 2");
            assertThat(log.messages()).hasSize(1);
            assertThat(bench.job("a").state()).isEqualTo(JobState.ACTIVE);

            reap(bench);
            bench.executor.runAll();
            bench.worker.takeHint();
            bench.work();
            assertThat(handled).containsExactly("a", "a", "b");
            assertThat(bench.job("a"))
                    .returns(JobState.COMPLETED, JobSnapshot::state)
                    .returns(1, JobSnapshot::attempts)
                    .returns(1, JobSnapshot::crashes);
        }
    }

    @Test
    void sessionTheStoreDeclaresLostIsReplaced() {
        try (WorkerBench bench = bench(2)) {
            bench.enqueue("a");
            bench.settle();
            Lease lost = bench.worker.lease().current();
            lost.extendFrom(bench.nanos.getAsLong() + WorkerBench.LEASE.toNanos()); // as if our clock ran slow
            bench.clock.advance(WorkerBench.LEASE);
            bench.executor.runNext();

            bench.settle();

            assertThat(lost.isLost()).isTrue();
            assertThat(bench.worker.lease().current()).isNotSameAs(lost);
            assertThat(bench.listener.events()).contains("leaseLost 1");
        }
    }

    @Test
    void idleSessionIsReplacedWithoutAWord() {
        try (WorkerBench bench = bench(2);
                LogLines log = new LogLines()) {
            bench.settle();
            bench.clock.advance(WorkerBench.LEASE.multipliedBy(2));
            bench.enqueue("a");

            bench.work();

            assertThat(handled).containsExactly("a");
            assertThat(log.messages()).isEmpty();
            assertThat(bench.listener.events()).noneMatch(event -> event.startsWith("leaseLost"));
        }
    }

    @Test
    void claimsThatArriveAfterTheirLeaseAreNotRun() {
        try (WorkerBench bench = bench(2)) {
            bench.enqueue("a");
            bench.store.afterEveryCall(() -> bench.clock.advance(WorkerBench.LEASE));

            bench.worker.poll();

            assertThat(bench.executor.size()).isZero();
            assertThat(bench.worker.slots().busy()).isZero();
        }
    }

    private static void reap(WorkerBench bench) {
        Term term = bench.store
                .leaderLock()
                .acquire(WorkerBench.QUEUE, "test", Duration.ofMinutes(1))
                .orElseThrow();
        bench.store
                .transitions()
                .reap(term, new ReapRequest(100, StallPolicy.REQUEUE, 3, Duration.ofHours(1), Duration.ofHours(1)));
    }
}
