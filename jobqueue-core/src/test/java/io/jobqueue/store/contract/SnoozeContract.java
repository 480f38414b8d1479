package io.jobqueue.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobState;
import io.jobqueue.store.Claim;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code ACTIVE → SCHEDULED} without a charge, when the handler puts the job off. */
public interface SnoozeContract extends StoreFixture {

    @Test
    default void snoozedJobIsScheduledUncharged() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");

        assertThat(settle(worker, Ending.SNOOZE.of(claim))).isTrue();

        StoredJob job = find("a");
        assertThat(job.state()).isEqualTo(JobState.SCHEDULED);
        assertThat(job.dueAt()).isEqualTo(clock().instant().plus(Ending.DELAY));
        assertThat(job.attempts()).isZero();
        assertThat(job.error()).isNull();
        assertThat(job.finishedAt()).isNull();
    }

    @Test
    default void snoozedJobIsClaimedWhenDueAndNotBefore() {
        WorkerSession worker = session();
        settle(worker, Ending.SNOOZE.of(claimNew(worker, "a")));

        pass(Ending.DELAY.minusMillis(1));
        assertThat(claim(worker, 1)).isEmpty();

        pass(Duration.ofMillis(1));
        assertThat(claimOne(worker).waitingSince()).isEqualTo(clock().instant());
    }

    @Test
    default void snoozeCountsNeitherAsAttemptNorAsHandBack() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        for (int i = 0; i < 10; i++) {
            settle(worker, Ending.SNOOZE.of(claim));
            pass(Ending.DELAY);
            claim = claimOne(worker);
        }

        assertThat(claim.attempt()).isOne();
        assertThat(claim.handBacks()).isZero();
        assertThat(claim.crashes()).isZero();
    }

    @Test
    default void snoozeKeepsWhatFailedBefore() {
        WorkerSession worker = session();
        settle(worker, Ending.RETRY.of(claimNew(worker, "a")));
        pass(Ending.DELAY);

        settle(worker, Ending.SNOOZE.of(claimOne(worker)));

        assertThat(find("a").attempts()).isOne();
        assertThat(find("a").error()).isEqualTo(Ending.ERROR);
        pass(Ending.DELAY);
        assertThat(claimOne(worker).attempt()).isEqualTo(2);
    }

    @Test
    default void snoozeWithoutDelayWaitsBehindAllOthers() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        enqueue("b");

        settle(worker, new Settlement.Snooze(claim.token(), Duration.ZERO));

        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
        assertThat(claimedOrder()).containsExactly("b", "a");
    }

    @Test
    default void snoozeOfAJobToBeCancelledEndsItUncharged() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        jobs().cancel(queue(), "a", KEPT);

        assertThat(settle(worker, Ending.SNOOZE.of(claim))).isTrue();

        assertThat(stateOf("a")).isEqualTo(JobState.CANCELLED);
        assertThat(find("a").attempts()).isZero();
    }
}
