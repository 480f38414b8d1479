package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.InvalidJobException;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.LeaseLostException;
import io.jobqueue.Progress;
import io.jobqueue.store.Settlement;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunningJobTests {

    private static RunningJob claimed(WorkerBench bench) {
        bench.enqueue("a");
        bench.settle();
        return bench.worker.lease().current().jobs().iterator().next();
    }

    @Test
    void firstDecisionWins() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null)) {
            RunningJob job = claimed(bench);

            assertThat(job.conclude(new Settlement.Release(job.token()))).isTrue();
            job.lose();
            assertThat(job.conclude(new Settlement.Complete(job.token(), null, WorkerBench.LEASE)))
                    .isFalse();
            bench.worker.drain();
            bench.settle();

            assertThat(bench.job("a").state()).isEqualTo(JobState.WAITING);
        }
    }

    @Test
    void handlerSeesTheQueueOfItsJob() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> job.queue())) {
            bench.enqueue("a");
            bench.work();

            assertThat(bench.job("a").result(String.class)).contains(WorkerBench.QUEUE);
        }
    }

    @Test
    void haltBeforeTheRunInterruptsNobody() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null)) {
            RunningJob job = claimed(bench);

            job.halt(Halt.STOPPING);

            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(job.enter(null)).isFalse();
        }
    }

    @Test
    void haltAfterTheRunInterruptsNobody() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null)) {
            RunningJob job = claimed(bench);
            assertThat(job.enter(null)).isTrue();
            job.leave();

            job.halt(Halt.CANCEL_REQUESTED);

            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void progressOfALostClaimIsRefusedAndItsOutcomeDropped() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null);
                LogLines log = new LogLines()) {
            RunningJob job = claimed(bench);
            bench.store.transitions().reconcile(job.lease().session(), List.of());

            assertThatThrownBy(() -> job.progress(50)).isInstanceOf(LeaseLostException.class);
            assertThat(job.isCancelled()).isTrue();
            bench.worker.drain();
            bench.work();

            assertThat(log.messages()).hasSize(1);
            assertThat(bench.listener.events()).containsExactly("leaseLost 1");
            assertThat(bench.worker.holdsNothing()).isTrue();
            assertThat(bench.job("a")).returns(JobState.WAITING, JobSnapshot::state);
        }
    }

    @Test
    void progressOutOfBoundsChangesNothing() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null)) {
            RunningJob job = claimed(bench);

            assertThatThrownBy(() -> job.progress(101)).isInstanceOf(InvalidJobException.class);

            assertThat(job.isCancelled()).isFalse();
            assertThat(bench.job("a").progress()).isNull();
        }
    }

    @Test
    void progressThatCannotBeStoredFailsNoRun() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null)) {
            RunningJob job = claimed(bench);

            bench.store.refuse();
            job.progress(50);
            bench.store.heal();
            assertThat(bench.job("a").progress()).isNull();

            job.progress(60, "again");
            assertThat(bench.job("a").progress()).isEqualTo(new Progress(60, "again"));
            assertThat(job.isCancelled()).isFalse();
        }
    }
}
