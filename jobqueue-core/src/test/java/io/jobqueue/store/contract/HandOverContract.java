package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Enqueued;
import io.jobqueue.JobState;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.HandOver;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** New jobs are claimed by the call that stores them when nothing stands before them, and never otherwise. */
public interface HandOverContract extends StoreFixture {

    @Test
    default void jobsOfAnIdleQueueAreClaimedAtOnce() {
        WorkerSession worker = begun();

        HandOver over = handOver(worker, job("a"), job("b"));

        assertThat(over.answers())
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(Enqueued.Status.QUEUED));
        assertThat(ids(over.claims())).containsExactly("a", "b");
        assertThat(over.claims()).allSatisfy(claim -> {
            assertThat(claim.attempt()).isEqualTo(1);
            assertThat(claim.crashes()).isZero();
            assertThat(claim.handBacks()).isZero();
            assertThat(claim.defect()).isNull();
            assertThat(claim.waitingSince()).isEqualTo(clock().instant());
            assertThat(stateOf(claim.token().jobId())).isEqualTo(JobState.ACTIVE);
        });
        assertThat(over.at()).isEqualTo(clock().instant());
        assertThat(counts().waiting()).isZero();
    }

    @Test
    default void claimIsWhatTheStoreWouldHaveGiven() {
        NewJob job = job("a").newJob();
        Claim handed = jobs().handOver(begun(), List.of(job)).claims().get(0);

        pass(LEASE);
        reap();
        Claim found = claimOne(session());

        assertThat(handed.spec().type()).isEqualTo(found.spec().type());
        assertThat(handed.spec().payload()).isEqualTo(found.spec().payload());
        assertThat(handed.spec().options()).isEqualTo(found.spec().options());
        assertThat(found.token().fence()).isGreaterThan(handed.token().fence());
    }

    @Test
    default void claimsCanBeSettledOnce() {
        WorkerSession worker = begun();
        Claim claim = handOver(worker, job("a")).claims().get(0);

        assertThat(settle(worker, Ending.COMPLETE.of(claim))).isTrue();

        assertThat(stateOf("a")).isEqualTo(JobState.COMPLETED);
        assertThat(claim(session(), 1)).isEmpty();
    }

    @Test
    default void fencesGrowOverBothWaysToClaim() {
        WorkerSession worker = begun();
        long first = claimNew(worker, "a").token().fence();
        long second = handOver(worker, job("b")).claims().get(0).token().fence();
        long third = claimNew(worker, "c").token().fence();

        assertThat(first).isLessThan(second);
        assertThat(second).isLessThan(third);
    }

    @Test
    default void leaseIsExtended() {
        WorkerSession worker = begun();
        pass(LEASE.dividedBy(2));
        Claim claim = handOver(worker, job("a")).claims().get(0);
        pass(LEASE.minusMillis(1));

        assertThat(settle(worker, Ending.COMPLETE.of(claim))).isTrue();
    }

    @Test
    default void nobodyIsToldOfWhatWasHandedOver() throws InterruptedException {
        WorkerSession worker = begun();

        handOver(worker, job("a"));

        assertThat(store().signals().awaitWork(queue(), Duration.ZERO)).isFalse();
    }

    @Test
    default void jobsWaitBehindOthersThatWait() throws InterruptedException {
        WorkerSession worker = begun();
        enqueue("before");

        assertNotHandedOver(worker, job("a"));

        assertThat(claimedOrder()).containsExactly("before", "a");
    }

    @Test
    default void jobsWaitBehindThoseThatAreDue() {
        WorkerSession worker = begun();
        enqueue(job("before").delay(Duration.ofSeconds(1)));
        pass(Duration.ofSeconds(1));

        assertNotHandedOver(worker, job("a"));
    }

    @Test
    default void jobsThatAreNotDueStandBeforeNobody() {
        WorkerSession worker = begun();
        enqueue(job("later").delay(Duration.ofSeconds(1)));

        assertThat(ids(handOver(worker, job("a")).claims())).containsExactly("a");
    }

    @Test
    default void jobsWaitWhileAnythingIsPaused() {
        WorkerSession worker = begun();
        operations().pause(queue(), null);
        assertNotHandedOver(worker, job("a"));
        operations().resume(queue(), null);
        assertThat(claimedOrder()).containsExactly("a");

        operations().pause(queue(), "another-type");
        assertNotHandedOver(worker, job("b"));
        operations().resume(queue(), "another-type");
        assertThat(claimedOrder()).containsExactly("b");

        workers().pause(queue(), worker.worker());
        assertNotHandedOver(worker, job("c"));
    }

    @Test
    default void sessionThatNeverWasGetsNothing() {
        assertNotHandedOver(session(), job("a"));

        assertThat(claimedOrder()).containsExactly("a");
    }

    @Test
    default void sessionThatHasEndedGetsNothing() {
        WorkerSession worker = begun();
        pass(LEASE);

        assertNotHandedOver(worker, job("a"));
    }

    @Test
    default void callOfAnEpochThatIsOverGetsNothing() {
        WorkerSession worker = begun();
        Claim held = handOver(worker, job("held")).claims().get(0);
        jobs().reconcile(worker.nextEpoch(), Set.of(held.token()));

        assertNotHandedOver(worker, job("a"));
        assertThat(claimedOrder()).containsExactly("a");
        assertThat(ids(handOver(worker.nextEpoch(), job("b")).claims())).containsExactly("b");
    }

    @Test
    default void claimsWithoutAnAnswerAreGivenBack() {
        WorkerSession worker = begun();
        handOver(worker, job("a"));

        assertThat(jobs().reconcile(worker.nextEpoch(), List.of())).isEqualTo(1);

        assertThat(claimedOrder()).containsExactly("a");
    }

    @Test
    default void takenIdsAndKeysAreAnsweredAsByEnqueue() {
        WorkerSession worker = begun();
        handOver(worker, job("a"));

        HandOver again = handOver(worker, job("a"), job("b"));

        assertThat(again.answers().get(0).status()).isEqualTo(Enqueued.Status.DUPLICATE);
        assertThat(again.answers().get(1).status()).isEqualTo(Enqueued.Status.QUEUED);
        assertThat(again.claims()).isEmpty();
        assertThat(claimedOrder()).containsExactly("b");
    }

    @Test
    default void jobsThatAreNotPlainTakeTheOrdinaryWay() {
        WorkerSession worker = begun();

        assertNotHandedOver(worker, job("late").delay(Duration.ofSeconds(1)));
        assertThat(stateOf("late")).isEqualTo(JobState.SCHEDULED);
        assertNotHandedOver(worker, job("a").priority(3));
        assertThat(claimedOrder()).containsExactly("a");
    }

    @Test
    default void noJobsAreNothing() {
        HandOver none = jobs().handOver(begun(), List.of());

        assertThat(none.answers()).isEmpty();
        assertThat(none.claims()).isEmpty();
    }

    @Test
    default void endIsToldByTheStoreUnlessItSaysThatItWasNot() throws InterruptedException {
        String own = UUID.randomUUID().toString();
        String other = UUID.randomUUID().toString();
        WorkerSession worker = begun();
        try (RecordedSignals ownSignals = RecordedSignals.of(store(), own, Set.of(queue()));
                RecordedSignals otherSignals = RecordedSignals.of(store(), other, Set.of(queue()))) {
            Claim claim = handOver(worker, job("a").replyTo(own)).claims().get(0);
            enqueue(job("a").replyTo(other));

            ExchangeAnswer answer = jobs().exchange(new ExchangeRequest(
                    worker, List.of(Ending.COMPLETE.of(claim)), 0, KEPT, Set.of(), Map.of(), own));

            assertThat(otherSignals.nextEnded().jobId()).isEqualTo("a");
            if (!answer.ownUntold()) {
                assertThat(ownSignals.nextEnded().jobId()).isEqualTo("a");
            }
        }
    }

    @Test
    default void ownCallersAreToldOfAnEndThatIsNoCompletion() throws InterruptedException {
        String own = UUID.randomUUID().toString();
        WorkerSession worker = begun();
        try (RecordedSignals ownSignals = RecordedSignals.of(store(), own, Set.of(queue()))) {
            Claim failed = handOver(worker, job("a").replyTo(own)).claims().get(0);
            ExchangeAnswer answer = jobs().exchange(new ExchangeRequest(
                    worker, List.of(Ending.FAIL.of(failed)), 0, KEPT, Set.of(), Map.of(), own));
            assertThat(answer.ownUntold()).isFalse();
            assertThat(ownSignals.nextEnded().jobId()).isEqualTo("a");

            Claim cancelled = handOver(worker, job("b").replyTo(own)).claims().get(0);
            jobs().cancel(queue(), "b", KEPT);
            answer = jobs().exchange(new ExchangeRequest(
                    worker, List.of(Ending.COMPLETE.of(cancelled)), 0, KEPT, Set.of(), Map.of(), own));
            assertThat(answer.ownUntold()).isFalse();
            assertThat(Objects.requireNonNull(ownSignals.nextEnded().outcome()).state())
                    .isEqualTo(JobState.CANCELLED);
        }
    }

    /** Returns a session that the store knows. */
    private WorkerSession begun() {
        WorkerSession session = session();
        exchange(session, 0);
        return session;
    }

    private HandOver handOver(WorkerSession session, JobDraft... drafts) {
        return jobs().handOver(
                        session, Arrays.stream(drafts).map(JobDraft::newJob).toList());
    }

    private void assertNotHandedOver(WorkerSession session, JobDraft draft) {
        HandOver over = handOver(session, draft);
        assertThat(over.answers()).hasSize(1);
        assertThat(over.answers().get(0).status()).isEqualTo(Enqueued.Status.QUEUED);
        assertThat(over.claims()).isEmpty();
    }
}
