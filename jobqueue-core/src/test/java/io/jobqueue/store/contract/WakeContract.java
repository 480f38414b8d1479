package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.store.Claim;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Idle workers are woken when there is work, one at a time. */
public interface WakeContract extends StoreFixture {

    @Test
    default void enqueueWakesAnIdleWorker() throws InterruptedException {
        IdleWorkers workers = IdleWorkers.of(store(), queue(), 1);

        enqueue("a");

        assertThat(workers.nextEnd()).isEqualTo(IdleWorkers.End.WOKEN);
    }

    @Test
    default void oneWakeWakesOneOfTwoIdleWorkers() throws InterruptedException {
        IdleWorkers workers = IdleWorkers.of(store(), queue(), 2);

        enqueue("a");

        assertThat(workers.nextEnd()).isEqualTo(IdleWorkers.End.WOKEN);
        assertThat(workers.othersGoOnWaiting()).isTrue();
        store().signals().offerWork(queue());
        assertThat(workers.nextEnd()).isEqualTo(IdleWorkers.End.WOKEN);
    }

    @Test
    default void wakeIsKeptForTheNextWorker() throws InterruptedException {
        enqueue("a");

        assertThat(isWoken()).isTrue();
    }

    @Test
    default void keptWakesDoNotPileUp() throws InterruptedException {
        store().signals().offerWork(queue());
        store().signals().offerWork(queue());

        assertThat(isWoken()).isTrue();
        assertThat(isQuiet()).isTrue();
    }

    @Test
    default void quietQueueWakesNobody() throws InterruptedException {
        assertThat(isQuiet()).isTrue();
    }

    @Test
    default void waitOfNoTimeEndsAtOnce() throws InterruptedException {
        assertThat(store().signals().awaitWork(queue(), Duration.ZERO)).isFalse();
    }

    @Test
    default void queuesWakeTheirOwnWorkers() throws InterruptedException {
        jobs().enqueue(queue() + "-other", List.of(job("a").newJob()));

        assertThat(isQuiet()).isTrue();
    }

    @Test
    default void delayedJobWakesSoThatItsTimeIsKnown() throws InterruptedException {
        enqueue(job("a").delay(Duration.ofHours(2)));

        assertThat(isWoken()).isTrue();
    }

    @Test
    default void jobThatIsDueBeforeAllOthersWakes() throws InterruptedException {
        enqueue(job("a").delay(Duration.ofHours(2)));
        quiet();

        enqueue(job("b").delay(Duration.ofHours(1)));

        assertThat(isWoken()).isTrue();
    }

    @Test
    default void workLeftBehindWakesTheNextWorker() throws InterruptedException {
        enqueue("a", "b");
        quiet();

        claimOne(session());

        assertThat(isWoken()).isTrue();
    }

    @Test
    default void lastJobClaimedWakesNobody() throws InterruptedException {
        enqueue("a", "b");
        quiet();

        claim(session(), 2);

        assertThat(isQuiet()).isTrue();
    }

    @Test
    default void releaseToAnEmptyQueueWakes() throws InterruptedException {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        quiet();

        settle(worker, Ending.RELEASE.of(claim));

        assertThat(isWoken()).isTrue();
    }

    @Test
    default void retryWithoutDelayWakes() throws InterruptedException {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        quiet();

        settle(worker, new Settlement.Retry(claim.token(), Duration.ZERO, Ending.ERROR));

        assertThat(isWoken()).isTrue();
    }

    @Test
    default void retryWithDelayWakesSoThatItsTimeIsKnown() throws InterruptedException {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        quiet();

        settle(worker, Ending.RETRY.of(claim));

        assertThat(isWoken()).isTrue();
    }

    @Test
    default void reconciledClaimWakes() throws InterruptedException {
        WorkerSession worker = session();
        claimNew(worker, "a");
        quiet();

        jobs().reconcile(worker, List.of());

        assertThat(isWoken()).isTrue();
    }

    @Test
    default void promotionWakes() throws InterruptedException {
        enqueue(job("a").delay(Duration.ofSeconds(1)));
        quiet();
        pass(Duration.ofSeconds(1));

        promote();

        assertThat(isWoken()).isTrue();
    }

    @Test
    default void reapWakes() throws InterruptedException {
        claimNew(session(), "a");
        quiet();
        pass(LEASE);

        reap();

        assertThat(isWoken()).isTrue();
    }

    @Test
    default void interruptedThreadDoesNotWait() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> store().signals().awaitWork(queue(), Duration.ofSeconds(10)))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    /** Takes the wake that earlier steps of the test left. */
    private void quiet() throws InterruptedException {
        store().signals().awaitWork(queue(), Duration.ZERO);
    }

    private boolean isWoken() throws InterruptedException {
        return store().signals().awaitWork(queue(), Duration.ofSeconds(10));
    }

    private boolean isQuiet() throws InterruptedException {
        return !store().signals().awaitWork(queue(), Duration.ofMillis(50));
    }
}
