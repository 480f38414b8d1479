package io.jobqueue.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobError;
import io.jobqueue.JobState;
import io.jobqueue.StallPolicy;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ReapRequest;
import io.jobqueue.store.Reaped;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** {@code ACTIVE → WAITING | FAILED | CANCELLED} for claims whose lease ran out. */
public interface ReapContract extends StoreFixture {

    @Test
    default void claimInItsLeaseIsNotReaped() {
        claimNew(session(), "a");
        pass(LEASE.minusMillis(1));

        assertThat(reap()).isEmpty();
        assertThat(stateOf("a")).isEqualTo(JobState.ACTIVE);
    }

    @Test
    default void reapedJobWaitsWithItsCrashCounted() {
        claimNew(session(), "a");
        pass(LEASE);

        assertThat(reap()).containsExactly(new Reaped("a", 1, JobState.WAITING));

        StoredJob job = find("a");
        assertThat(job.state()).isEqualTo(JobState.WAITING);
        assertThat(job.crashes()).isOne();
        assertThat(job.attempts()).isZero();
    }

    @Test
    default void crashIsNotChargedAsAnAttempt() {
        WorkerSession worker = session();
        settle(worker, Ending.RETRY.of(claimNew(worker, "a")));
        pass(Ending.DELAY);
        claimOne(worker);
        pass(LEASE);
        reap();

        Claim claim = claimOne(session());

        assertThat(claim.attempt()).isEqualTo(2);
        assertThat(claim.crashes()).isOne();
    }

    @Test
    default void reapedClaimIsReapedOnce() {
        claimNew(session(), "a");
        pass(LEASE);
        reap();

        assertThat(reap()).isEmpty();
        assertThat(find("a").crashes()).isOne();
    }

    @Test
    default void crashesOfAJobThatCompletesAreKept() {
        claimNew(session(), "a");
        pass(LEASE);
        reap();
        WorkerSession worker = session();

        settle(worker, Ending.COMPLETE.of(claimOne(worker)));

        assertThat(find("a").state()).isEqualTo(JobState.COMPLETED);
        assertThat(find("a").crashes()).isOne();
    }

    @Test
    default void allClaimsOfALostSessionAreReaped() {
        enqueue("a", "b", "c");
        claim(session(), 3);
        pass(LEASE);

        assertThat(reap()).extracting(Reaped::jobId).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    default void settledClaimIsNotReaped() {
        WorkerSession lost = session();
        enqueue("a", "b");
        List<Claim> claims = claim(lost, 2);
        settle(lost, Ending.COMPLETE.of(claims.get(0)));
        pass(LEASE);

        assertThat(reap()).extracting(Reaped::jobId).containsExactly("b");
        assertThat(stateOf("a")).isEqualTo(JobState.COMPLETED);
    }

    @Test
    default void limitIsKeptOverManySessions() {
        enqueue("a", "b", "c", "d", "e");
        claim(session(), 2);
        claim(session(), 3);
        pass(LEASE);
        ReapRequest two = new ReapRequest(2, StallPolicy.REQUEUE, MOST_CRASHES, KEPT, KEPT);

        assertThat(jobs().reap(lead(), two)).hasSize(2);
        assertThat(counts().active()).isEqualTo(3);
        assertThat(jobs().reap(lead(), two)).hasSize(2);
        assertThat(jobs().reap(lead(), two)).hasSize(1);
        assertThat(jobs().reap(lead(), two)).isEmpty();
        assertThat(claimedOrder()).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    default void partlyReapedSessionStaysLost() {
        WorkerSession lost = session();
        enqueue("a", "b");
        claim(lost, 2);
        pass(LEASE);
        jobs().reap(lead(), new ReapRequest(1, StallPolicy.REQUEUE, MOST_CRASHES, KEPT, KEPT));

        assertThat(jobs().renew(lost).alive()).isFalse();
        assertThat(reap()).hasSize(1);
    }

    @Test
    default void lastAllowedCrashFailsTheJob() {
        enqueue("a");
        for (int crash = 1; crash < MOST_CRASHES; crash++) {
            claimOne(session());
            pass(LEASE);
            assertThat(reap()).containsExactly(new Reaped("a", crash, JobState.WAITING));
        }
        claimOne(session());
        pass(LEASE);

        assertThat(reap()).containsExactly(new Reaped("a", MOST_CRASHES, JobState.FAILED));

        StoredJob job = find("a");
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.crashes()).isEqualTo(MOST_CRASHES);
        assertThat(job.finishedAt()).isEqualTo(clock().instant());
        assertThat(Objects.requireNonNull(job.error()).type()).isEqualTo(JobError.CRASHED);
        assertThat(claimedOrder()).isEmpty();
    }

    @Test
    default void crashedJobIsKeptAsLongAsFailedJobsAre() {
        claimNew(session(), "a");
        pass(LEASE);
        jobs().reap(lead(), new ReapRequest(1, StallPolicy.REQUEUE, 1, Duration.ofSeconds(5), KEPT));

        pass(Duration.ofMillis(4999));
        assertThat(isKept("a")).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(isKept("a")).isFalse();
    }

    @Test
    default void reapHonoursACancel() {
        claimNew(session(), "a");
        jobs().cancel(queue(), "a", KEPT);
        pass(LEASE);

        assertThat(reap()).containsExactly(new Reaped("a", 1, JobState.CANCELLED));
        assertThat(stateOf("a")).isEqualTo(JobState.CANCELLED);
        assertThat(claimedOrder()).isEmpty();
    }

    @Test
    default void cancelledJobOfALostWorkerIsKeptAsLongAsTheReaperSays() {
        claimNew(session(), "a");
        jobs().cancel(queue(), "a", KEPT);
        pass(LEASE);
        jobs().reap(lead(), new ReapRequest(1, StallPolicy.REQUEUE, MOST_CRASHES, KEPT, Duration.ofSeconds(5)));

        pass(Duration.ofSeconds(5));
        assertThat(isKept("a")).isFalse();
    }

    @Test
    default void crashesAreForgottenWhenTheJobIsReplaced() {
        claimNew(session(), "a");
        pass(LEASE);
        jobs().reap(lead(), new ReapRequest(1, StallPolicy.REQUEUE, 1, KEPT, KEPT));

        enqueue(JobDraft.job("a").replacingFailed());

        assertThat(claimOne(session()).crashes()).isZero();
    }

    @Test
    default void nothingIsReapedFromAnEmptyQueue() {
        assertThat(reap()).isEmpty();
    }
}
