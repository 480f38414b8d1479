package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobState;
import io.jobqueue.Progress;
import io.jobqueue.QueueCounts;
import io.jobqueue.store.Claim;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What can be read of jobs. */
public interface LedgerContract extends StoreFixture {

    @Test
    default void unknownJobIsNotFound() {
        enqueue("a");

        assertThat(store().ledger().find(queue(), "b")).isEmpty();
        assertThat(store().ledger().find(queue() + "-never", "a")).isEmpty();
    }

    @Test
    default void waitingJobIsFoundAsItWasEnqueued() {
        Instant enqueued = clock().instant();
        enqueue(job("a").type("resize").payload("{\"w\":3}".getBytes(UTF_8)).priority(4));
        pass(Duration.ofSeconds(1));

        StoredJob job = find("a");

        assertThat(job.id()).isEqualTo("a");
        assertThat(job.spec().type()).isEqualTo("resize");
        assertThat(job.spec().payload()).isEqualTo("{\"w\":3}".getBytes(UTF_8));
        assertThat(job.spec().priority()).isEqualTo(4);
        assertThat(job.state()).isEqualTo(JobState.WAITING);
        assertThat(job.attempts()).isZero();
        assertThat(job.crashes()).isZero();
        assertThat(job.createdAt()).isEqualTo(enqueued);
        assertThat(job.dueAt()).isNull();
        assertThat(job.finishedAt()).isNull();
        assertThat(job.progress()).isNull();
        assertThat(job.result()).isNull();
        assertThat(job.error()).isNull();
    }

    @Test
    default void dueTimeIsReadableOnlyWhileScheduled() {
        enqueue(job("a").delay(Duration.ofSeconds(5)));
        assertThat(find("a").dueAt()).isEqualTo(clock().instant().plusSeconds(5));
        pass(Duration.ofSeconds(5));

        promote();

        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
        assertThat(find("a").dueAt()).isNull();
    }

    @Test
    default void dueJobIsScheduledUntilItIsPromoted() {
        enqueue(job("a").delay(Duration.ofSeconds(5)));
        pass(Duration.ofSeconds(6));

        assertThat(stateOf("a")).isEqualTo(JobState.SCHEDULED);
    }

    @Test
    default void runningAttemptIsCounted() {
        WorkerSession worker = session();
        settle(worker, Ending.RETRY.of(claimNew(worker, "a")));
        assertThat(find("a").attempts()).isOne();
        pass(Ending.DELAY);

        claimOne(worker);

        assertThat(find("a").attempts()).isEqualTo(2);
    }

    @Test
    default void crashesAreCountedBesideAttempts() {
        claimNew(session(), "a");
        pass(LEASE);
        reap();
        claimOne(session());

        assertThat(find("a").crashes()).isOne();
        assertThat(find("a").attempts()).isOne();
    }

    @Test
    default void progressStaysReadableAfterTheEnd() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        notes().progress(worker, claim.token(), new Progress(90, "nearly"));

        settle(worker, Ending.COMPLETE.of(claim));

        assertThat(find("a").progress()).isEqualTo(new Progress(90, "nearly"));
    }

    @Test
    default void errorOfAnEarlierAttemptIsGoneWhenTheJobCompletes() {
        WorkerSession worker = session();
        settle(worker, Ending.RETRY.of(claimNew(worker, "a")));
        pass(Ending.DELAY);

        settle(worker, Ending.COMPLETE.of(claimOne(worker)));

        assertThat(find("a").error()).isNull();
        assertThat(find("a").attempts()).isEqualTo(2);
    }

    @Test
    default void everyStateIsCounted() {
        WorkerSession worker = session();
        settle(worker, Ending.COMPLETE.of(claimNew(worker, "completed")));
        settle(worker, Ending.FAIL.of(claimNew(worker, "failed-1")));
        settle(worker, Ending.FAIL.of(claimNew(worker, "failed-2")));
        settle(worker, Ending.CANCEL.of(claimNew(worker, "cancelled-1")));
        enqueue("cancelled-2");
        jobs().cancel(queue(), "cancelled-2", KEPT);
        enqueue(job("cancelled-3").delay(Duration.ofSeconds(5)));
        jobs().cancel(queue(), "cancelled-3", KEPT);
        claimNew(worker, "active");
        enqueue(job("waiting-1"), job("waiting-2").priority(1), job("waiting-3").priority(-1), job("waiting-4"));
        enqueue(
                job("scheduled-1").delay(Duration.ofSeconds(5)),
                job("scheduled-2").delay(Duration.ofSeconds(5)));

        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 2, 4, 1, 1, 2, 3));
    }

    @Test
    default void countsFollowAJobThroughItsLife() {
        WorkerSession worker = session();
        enqueue(job("a").delay(Duration.ofSeconds(5)));
        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 1, 0, 0, 0, 0, 0));
        pass(Duration.ofSeconds(5));
        promote();
        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 0, 1, 0, 0, 0, 0));
        Claim claim = claimOne(worker);
        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 0, 0, 1, 0, 0, 0));
        settle(worker, Ending.RELEASE.of(claim));
        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 0, 1, 0, 0, 0, 0));
        settle(worker, Ending.RETRY.of(claimOne(worker)));
        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 1, 0, 0, 0, 0, 0));
        pass(Ending.DELAY);
        claimOne(worker);
        pass(LEASE);
        reap();
        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 0, 1, 0, 0, 0, 0));
        WorkerSession next = session();
        settle(next, Ending.FAIL.of(claimOne(next)));
        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 0, 0, 0, 0, 1, 0));
        enqueue(job("a").replacingFailed());
        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 0, 1, 0, 0, 0, 0));
    }

    @Test
    default void refusedCallsAreNotCounted() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        enqueue("a");
        settle(session(), Ending.COMPLETE.of(claim));
        settle(worker, Ending.COMPLETE.of(claim));
        settle(worker, Ending.COMPLETE.of(claim));
        enqueue("a");
        jobs().cancel(queue(), "a", KEPT);

        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 0, 0, 0, 1, 0, 0));
    }

    @Test
    default void queueIsEmptyWhileItHoldsNoJobInWhateverState() {
        assertThat(store().ledger().isEmpty(queue())).isTrue();
        enqueue(job("a").delay(Duration.ofSeconds(5)));
        assertThat(store().ledger().isEmpty(queue())).isFalse();
        operations().promote(queue(), "a");
        assertThat(store().ledger().isEmpty(queue())).isFalse();
        WorkerSession worker = session();
        Claim claim = claimOne(worker);
        assertThat(store().ledger().isEmpty(queue())).isFalse();
        settle(worker, Ending.COMPLETE.of(claim));
        assertThat(store().ledger().isEmpty(queue())).isFalse();

        operations().remove(queue(), "a");

        assertThat(store().ledger().isEmpty(queue())).isTrue();
    }

    @Test
    default void queueNeverUsedCountsNothing() {
        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 0, 0, 0, 0, 0, 0));
    }

    @Test
    default void queueIsKnownFromItsFirstJobOn() {
        claim(session(), 1);
        lead();
        counts();
        assertThat(store().ledger().queues()).doesNotContain(queue());

        enqueue("a");

        assertThat(store().ledger().queues()).contains(queue());
    }

    @Test
    default void queueStaysKnownWhenItIsEmptyAgain() {
        enqueue("a");
        jobs().cancel(queue(), "a", Duration.ZERO);

        assertThat(store().ledger().queues()).contains(queue());
    }
}
