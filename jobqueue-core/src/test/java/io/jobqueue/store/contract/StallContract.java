package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Dedup;
import io.jobqueue.Enqueued.Status;
import io.jobqueue.JobError;
import io.jobqueue.JobState;
import io.jobqueue.Removal;
import io.jobqueue.StallPolicy;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.ReapRequest;
import io.jobqueue.store.Reaped;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.WorkerSession;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the stall policies make of a job whose worker was lost. */
public interface StallContract extends StoreFixture {

    private List<Reaped> reap(StallPolicy stall) {
        return jobs().reap(lead(), new ReapRequest(ExchangeRequest.MOST, stall, MOST_CRASHES, KEPT, KEPT));
    }

    private void lose(String id, StallPolicy stall) {
        claimNew(session(), id);
        pass(LEASE);
        reap(stall);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAIL", "MARK_STALE"})
    default void firstLostLeaseEndsTheJob(StallPolicy stall) {
        claimNew(session(), "a");
        pass(LEASE);

        assertThat(reap(stall)).containsExactly(new Reaped("a", 1, JobState.FAILED));

        StoredJob job = find("a");
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.crashes()).isOne();
        assertThat(job.attempts()).isZero();
        assertThat(job.finishedAt()).isEqualTo(clock().instant());
        assertThat(claimedOrder()).isEmpty();
        assertThat(reap(stall)).isEmpty();
    }

    @Test
    default void errorSaysWhichPolicyHasFailedTheJob() {
        lose("failed", StallPolicy.FAIL);
        lose("stale", StallPolicy.MARK_STALE);

        JobError failed = Objects.requireNonNull(find("failed").error());
        JobError stale = Objects.requireNonNull(find("stale").error());
        assertThat(failed.type()).isEqualTo(JobError.CRASHED);
        assertThat(failed.message()).contains("FAIL");
        assertThat(stale.type()).isEqualTo(JobError.STALE);
        assertThat(stale.message()).contains("replay");
    }

    @ParameterizedTest
    @EnumSource
    default void requestedCancelGoesBeforeThePolicy(StallPolicy stall) {
        claimNew(session(), "a");
        jobs().cancel(queue(), "a", KEPT);
        pass(LEASE);

        assertThat(reap(stall)).containsExactly(new Reaped("a", 1, JobState.CANCELLED));
        assertThat(stateOf("a")).isEqualTo(JobState.CANCELLED);
    }

    @Test
    default void staleJobStandsAmongTheDeadLettersAndKeepsItsId() {
        lose("a", StallPolicy.MARK_STALE);

        assertThat(enqueue("a").get(0).status()).isEqualTo(Status.DUPLICATE);

        assertThat(counts().failed()).isOne();
        assertThat(store().ledger()
                        .list(queue(), JobState.FAILED, null, ExchangeRequest.MOST)
                        .jobs())
                .extracting(StoredJob::id)
                .containsExactly("a");
        assertThat(claimedOrder()).isEmpty();
    }

    @Test
    default void staleJobIsReplayedAsIfItWereNew() {
        lose("a", StallPolicy.MARK_STALE);

        assertThat(operations().replay(queue(), List.of("a"))).containsExactly(true);

        Claim claim = claimOne(session());
        assertThat(claim.attempt()).isOne();
        assertThat(claim.crashes()).isZero();
        assertThat(counts().failed()).isZero();
    }

    @Test
    default void staleJobIsRemoved() {
        lose("a", StallPolicy.MARK_STALE);

        assertThat(operations().remove(queue(), "a")).isEqualTo(Removal.REMOVED);

        assertThat(enqueue("a").get(0).status()).isEqualTo(Status.QUEUED);
    }

    @Test
    default void lostWorkerOfAStaleJobSettlesNothing() {
        WorkerSession lost = session();
        Claim claim = claimNew(lost, "a");
        pass(LEASE);
        reap(StallPolicy.MARK_STALE);

        assertThat(settle(lost, Ending.COMPLETE.of(claim))).isFalse();
        assertThat(stateOf("a")).isEqualTo(JobState.FAILED);
    }

    @Test
    default void crashesOfEarlierPoliciesAreCounted() {
        lose("a", StallPolicy.REQUEUE);
        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
        claimOne(session());
        pass(LEASE);

        assertThat(reap(StallPolicy.MARK_STALE)).containsExactly(new Reaped("a", 2, JobState.FAILED));
    }

    @Test
    default void keyOfAStaleJobIsFree() {
        enqueue(job("a").dedup(Dedup.untilTerminal("key")));
        claimOne(session());
        pass(LEASE);
        reap(StallPolicy.MARK_STALE);

        assertThat(enqueue(job("b").dedup(Dedup.untilTerminal("key"))).get(0).status())
                .isEqualTo(Status.QUEUED);
    }
}
