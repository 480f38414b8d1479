package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Enqueued.Status;
import io.jobqueue.JobState;
import io.jobqueue.Progress;
import io.jobqueue.QueueCounts;
import io.jobqueue.Removal;
import io.jobqueue.store.Claim;
import io.jobqueue.store.Ended;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobOutcome;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.Term;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Erases one job, those that have not started, those that ended, or all. */
public interface ErasureContract extends StoreFixture {

    @Test
    default void jobThatHasNotStartedIsRemoved() {
        enqueue(job("a"), job("high").priority(4), job("late").delay(Duration.ofSeconds(5)), job("b"));

        assertThat(remove("a")).isEqualTo(Removal.REMOVED);
        assertThat(remove("high")).isEqualTo(Removal.REMOVED);
        assertThat(remove("late")).isEqualTo(Removal.REMOVED);

        assertThat(isKept("a")).isFalse();
        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 0, 1, 0, 0, 0, 0));
        pass(Duration.ofSeconds(5));
        assertThat(claimedOrder()).containsExactly("b");
        assertThat(remove("a")).isEqualTo(Removal.NOT_FOUND);
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETE", "FAIL", "CANCEL"})
    default void endedJobIsRemoved(Ending ending) {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        notes().progress(worker, claim.token(), new Progress(50, "half"));
        settle(worker, ending.of(claim));

        assertThat(remove("a")).isEqualTo(Removal.REMOVED);

        assertNothingIsLeft();
        assertThat(enqueue("a").get(0).status()).isEqualTo(Status.QUEUED);
        assertThat(find("a").progress()).isNull();
        assertThat(find("a").error()).isNull();
    }

    @Test
    default void jobThatWaitsForItsRetryIsRemovedWithItsError() {
        WorkerSession worker = session();
        settle(worker, Ending.RETRY.of(claimNew(worker, "a")));

        assertThat(remove("a")).isEqualTo(Removal.REMOVED);

        assertNothingIsLeft();
        enqueue("a");
        assertThat(find("a").error()).isNull();
        assertThat(claimOne(worker).attempt()).isOne();
    }

    @Test
    default void activeJobIsNotRemoved() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");

        assertThat(remove("a")).isEqualTo(Removal.ACTIVE);

        assertThat(settle(worker, Ending.COMPLETE.of(claim))).isTrue();
        assertThat(stateOf("a")).isEqualTo(JobState.COMPLETED);
    }

    @Test
    default void jobNobodyHasIsNotRemoved() {
        WorkerSession worker = session();
        settle(worker, Ending.COMPLETE.of(claimNew(worker, "over")));
        pass(KEPT);

        assertThat(remove("nobody")).isEqualTo(Removal.NOT_FOUND);
        assertThat(remove("over")).isEqualTo(Removal.NOT_FOUND);
        assertThat(operations().remove(queue() + "-never", "a")).isEqualTo(Removal.NOT_FOUND);
    }

    @Test
    default void removedIdEnqueuedAgainIsDeliveredOnce() {
        enqueue("a", "b");
        remove("a");

        enqueue("a");

        assertThat(claimedOrder()).containsExactly("b", "a");
        assertThat(claimedOrder()).isEmpty();
    }

    @Test
    default void whoWaitsForAnErasedJobIsToldItWasCancelled() throws InterruptedException {
        String address = UUID.randomUUID().toString();
        try (RecordedSignals signals = RecordedSignals.of(store(), address, Set.of())) {
            enqueue(job("removed").replyTo(address), job("drained").replyTo(address));
            remove("removed");
            operations().drain(queue(), 10);

            JobOutcome cancelled = new JobOutcome(JobState.CANCELLED, null, null);
            assertThat(signals.nextEnded()).isEqualTo(new Ended(queue(), "removed", cancelled));
            assertThat(signals.nextEnded()).isEqualTo(new Ended(queue(), "drained", cancelled));
        }
    }

    @Test
    default void drainErasesTheNextToRunFirst() {
        enqueue(
                job("later").delay(Duration.ofSeconds(2)),
                job("sooner").delay(Duration.ofSeconds(1)),
                job("second"),
                job("third"),
                job("first").priority(1));

        assertThat(operations().drain(queue(), 2)).isEqualTo(2);
        assertThat(kept("first", "second", "third", "sooner", "later")).containsExactly("third", "sooner", "later");
        assertThat(operations().drain(queue(), 2)).isEqualTo(2);
        assertThat(kept("third", "sooner", "later")).containsExactly("later");
        assertThat(operations().drain(queue(), 2)).isOne();
        assertThat(operations().drain(queue(), 2)).isZero();
        assertNothingIsLeft();
    }

    @Test
    default void drainFindsTheJobsBehindAnyNumberOfRemovedOnes() {
        for (int page = 0; page < 11; page++) {
            String[] ids = new String[ExchangeRequest.MOST];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = page + "-" + i;
            }
            enqueue(ids);
            List.of(ids).forEach(this::remove);
        }
        enqueue("last");
        enqueue(job("late").delay(Duration.ofHours(1)));

        assertThat(operations().drain(queue(), 1)).isOne();

        assertThat(kept("last", "late")).containsExactly("late");
        assertThat(operations().drain(queue(), 1)).isOne();
        assertNothingIsLeft();
    }

    @Test
    default void drainLeavesWhatHasStarted() {
        WorkerSession worker = session();
        settle(worker, Ending.FAIL.of(claimNew(worker, "failed")));
        Claim active = claimNew(worker, "active");
        enqueue("waiting");

        assertThat(operations().drain(queue(), 100)).isOne();

        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 0, 0, 1, 0, 1, 0));
        assertThat(settle(worker, Ending.COMPLETE.of(active))).isTrue();
        assertThat(operations().drain(queue() + "-never", 1)).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETE", "FAIL", "CANCEL"})
    default void cleanErasesWhatEndedLongEnoughAgo(Ending ending) {
        WorkerSession worker = session();
        settle(worker, ending.of(claimNew(worker, "older")));
        JobState state = stateOf("older");
        pass(Duration.ofSeconds(10));
        settle(worker, ending.of(claimNew(worker, "newer")));
        pass(Duration.ofSeconds(10));

        assertThat(operations().clean(queue(), state, Duration.ofMillis(20_001), 100))
                .isZero();
        assertThat(operations().clean(queue(), state, Duration.ofSeconds(20), 100))
                .isOne();

        assertThat(kept("older", "newer")).containsExactly("newer");
        assertThat(operations().clean(queue(), state, Duration.ZERO, 100)).isOne();
        assertNothingIsLeft();
    }

    @Test
    default void cleanLeavesOtherStates() {
        WorkerSession worker = session();
        settle(worker, Ending.COMPLETE.of(claimNew(worker, "completed")));
        settle(worker, Ending.FAIL.of(claimNew(worker, "failed")));
        settle(worker, Ending.CANCEL.of(claimNew(worker, "cancelled")));
        enqueue("waiting");

        assertThat(operations().clean(queue(), JobState.FAILED, Duration.ZERO, 100))
                .isOne();

        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 0, 1, 0, 1, 0, 1));
        assertThat(operations().clean(queue() + "-never", JobState.FAILED, Duration.ZERO, 1))
                .isZero();
    }

    @Test
    default void cleanKeepsItsLimit() {
        WorkerSession worker = session();
        enqueue("a", "b", "c");
        claim(worker, 3).forEach(claim -> settle(worker, Ending.COMPLETE.of(claim)));

        assertThat(operations().clean(queue(), JobState.COMPLETED, Duration.ZERO, 2))
                .isEqualTo(2);
        assertThat(counts().completed()).isOne();
        assertThat(operations().clean(queue(), JobState.COMPLETED, Duration.ZERO, 2))
                .isOne();
    }

    @Test
    default void obliteratedQueueIsAsIfItHadNeverBeen() {
        WorkerSession worker = session();
        settle(worker, Ending.FAIL.of(claimNew(worker, "failed")));
        settle(worker, Ending.COMPLETE.of(claimNew(worker, "completed")));
        claimNew(worker, "active");
        enqueue(job("waiting"), job("high").priority(1), job("late").delay(Duration.ofHours(1)));
        operations().pause(queue(), null);
        operations().pause(queue(), "greet");

        operations().obliterate(queue(), true);

        assertNothingIsLeft();
        assertThat(store().ledger().queues()).doesNotContain(queue());
        assertThat(operations().isPaused(queue())).isFalse();
        assertThat(operations().pausedTypes(queue())).isEmpty();
        pass(KEPT);
        assertThat(claimedOrder()).isEmpty();
        assertThat(purge()).isZero();
        operations().obliterate(queue(), true);
        operations().obliterate(queue() + "-never", true);
    }

    @Test
    default void queueWithARunningJobIsNotObliteratedUnlessForced() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "active");
        enqueue(job("waiting"), job("late").delay(Duration.ofHours(1)));
        operations().pause(queue(), "greet");

        assertThat(operations().obliterate(queue(), false)).isFalse();

        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 1, 1, 1, 0, 0, 0));
        assertThat(store().ledger().queues()).contains(queue());
        assertThat(operations().pausedTypes(queue())).containsExactly("greet");
        assertThat(settle(worker, Ending.COMPLETE.of(claim))).isTrue();
        assertThat(operations().obliterate(queue(), false)).isTrue();
        assertNothingIsLeft();
        assertThat(store().ledger().queues()).doesNotContain(queue());
    }

    @Test
    default void queueWhoseRunningJobWasReapedIsObliterated() {
        claimNew(session(), "a");
        pass(LEASE);
        assertThat(operations().obliterate(queue(), false)).isFalse();
        reap();

        assertThat(operations().obliterate(queue(), false)).isTrue();
        assertNothingIsLeft();
    }

    @Test
    default void queueThatWasNeverUsedIsObliterated() {
        assertThat(operations().obliterate(queue(), false)).isTrue();
        assertThat(operations().obliterate(queue(), true)).isTrue();
        assertThat(store().ledger().queues()).doesNotContain(queue());
    }

    @Test
    default void workersOfAnObliteratedQueueHaveLostTheirClaims() {
        WorkerSession worker = session();
        Claim lost = claimNew(worker, "a");

        operations().obliterate(queue(), true);

        assertThat(jobs().renew(worker).alive()).isFalse();
        enqueue("a");
        assertThat(settle(worker, Ending.COMPLETE.of(lost))).isFalse();
        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
    }

    @Test
    default void fenceOutlivesTheQueue() {
        Claim lost = claimNew(session(), "a");
        operations().obliterate(queue(), true);

        Claim claim = claimNew(session(), "a");

        assertThat(claim.token().fence()).isGreaterThan(lost.token().fence());
    }

    @Test
    default void leaderOutlivesTheQueue() {
        Term term = lead();

        operations().obliterate(queue(), true);

        assertThat(jobs().promote(term, 1).promoted()).isZero();
        assertThat(store().leaderLock().acquire(queue(), "rival", REIGN)).isEmpty();
    }

    @Test
    default void obliteratedQueueMayBeUsedAgain() {
        enqueue(job("a").atFront(), job("b"));
        operations().obliterate(queue(), true);

        enqueue("c", "a");

        assertThat(store().ledger().queues()).contains(queue());
        StoredJob job = find("a");
        assertThat(job.createdAt()).isEqualTo(clock().instant());
        assertThat(claimedOrder()).containsExactly("c", "a");
    }

    private Removal remove(String id) {
        return operations().remove(queue(), id);
    }

    private List<String> kept(String... ids) {
        return List.of(ids).stream().filter(this::isKept).toList();
    }

    private void assertNothingIsLeft() {
        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 0, 0, 0, 0, 0, 0));
        for (JobState state : JobState.values()) {
            assertThat(store().ledger()
                            .list(queue(), state, null, ExchangeRequest.MOST)
                            .jobs())
                    .as(state.name())
                    .isEmpty();
        }
    }
}
