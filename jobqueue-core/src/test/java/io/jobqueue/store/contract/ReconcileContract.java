package io.jobqueue.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobState;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.WorkerSession;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code ACTIVE → WAITING} for claims whose answer never reached the worker. */
public interface ReconcileContract extends StoreFixture {

    @Test
    default void unknownClaimsAreReleasedAndKnownOnesKept() {
        WorkerSession worker = session();
        enqueue("a", "b", "c");
        List<Claim> claims = claim(worker, 3);

        int released = jobs().reconcile(worker, List.of(claims.get(1).token()));

        assertThat(released).isEqualTo(2);
        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
        assertThat(stateOf("b")).isEqualTo(JobState.ACTIVE);
        assertThat(stateOf("c")).isEqualTo(JobState.WAITING);
        assertThat(settle(worker, Ending.COMPLETE.of(claims.get(1)))).isTrue();
    }

    @Test
    default void releasedClaimIsNotCharged() {
        WorkerSession worker = session();
        claimNew(worker, "a");
        jobs().reconcile(worker, List.of());

        Claim claim = claimOne(session());

        assertThat(claim.attempt()).isOne();
        assertThat(claim.crashes()).isZero();
        assertThat(claim.handBacks()).isZero();
    }

    @Test
    default void tokenOfAReleasedClaimSettlesNothing() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        jobs().reconcile(worker, List.of());

        assertThat(settle(worker, Ending.COMPLETE.of(claim))).isFalse();
        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
    }

    @Test
    default void claimKnownByAnotherFenceIsReleased() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");

        int released = jobs().reconcile(
                        worker, List.of(new ClaimToken("a", claim.token().fence() - 1)));

        assertThat(released).isOne();
        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
    }

    @Test
    default void repeatedReconcileReleasesNothingMore() {
        WorkerSession worker = session();
        enqueue("a", "b");
        List<ClaimToken> known = List.of(claimOne(worker).token());
        claimOne(worker);
        jobs().reconcile(worker, known);

        assertThat(jobs().reconcile(worker, known)).isZero();
    }

    @Test
    default void knownClaimsOfOthersAreIgnored() {
        WorkerSession worker = session();
        Claim mine = claimNew(worker, "a");
        Claim other = claimNew(session(), "b");

        int released = jobs().reconcile(worker, List.of(mine.token(), other.token(), new ClaimToken("nobody", 1)));

        assertThat(released).isZero();
        assertThat(counts().active()).isEqualTo(2);
    }

    @Test
    default void claimsOfOtherSessionsStay() {
        claimNew(session(), "a");
        WorkerSession worker = session();
        claimNew(worker, "b");

        assertThat(jobs().reconcile(worker, List.of())).isOne();
        assertThat(stateOf("a")).isEqualTo(JobState.ACTIVE);
    }

    @Test
    default void sessionLeftWithoutClaimsIsForgotten() {
        WorkerSession worker = session();
        claimNew(worker, "a");

        jobs().reconcile(worker, List.of());

        assertThat(jobs().renew(worker).alive()).isFalse();
    }

    @Test
    default void exchangeThatArrivesAfterItsEpochClaimsNothing() {
        WorkerSession first = session();
        Claim known = claimNew(first, "a");
        enqueue("b");

        WorkerSession second = first.nextEpoch();
        jobs().reconcile(second, List.of(known.token()));
        ExchangeAnswer late = jobs().exchange(new ExchangeRequest(first, List.of(), 5, KEPT));

        assertThat(late.sessionLost()).isTrue();
        assertThat(late.claims()).isEmpty();
        assertThat(stateOf("b")).isEqualTo(JobState.WAITING);
        assertThat(jobs().exchange(new ExchangeRequest(second, List.of(), 5, KEPT))
                        .claims())
                .hasSize(1);
    }

    @Test
    default void firstExchangeOfASessionThatArrivesAfterItsEpochClaimsNothing() {
        WorkerSession first = session();
        enqueue("a");

        jobs().reconcile(first.nextEpoch(), List.of());
        ExchangeAnswer late = jobs().exchange(new ExchangeRequest(first, List.of(), 5, KEPT));

        assertThat(late.claims()).isEmpty();
        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
    }

    @Test
    default void expiredSessionReleasesNothing() {
        WorkerSession lost = session();
        claimNew(lost, "a");
        pass(LEASE);

        assertThat(jobs().reconcile(lost, List.of())).isZero();
        assertThat(reap()).hasSize(1);
    }

    @Test
    default void unknownSessionReleasesNothing() {
        claimNew(session(), "a");

        assertThat(jobs().reconcile(session(), List.of())).isZero();
        assertThat(stateOf("a")).isEqualTo(JobState.ACTIVE);
    }

    @Test
    default void releasedClaimThatIsToBeCancelledDoesNotRunAgain() {
        WorkerSession worker = session();
        claimNew(worker, "a");
        jobs().cancel(queue(), "a", KEPT);

        jobs().reconcile(worker, List.of());

        assertThat(stateOf("a")).isEqualTo(JobState.CANCELLED);
        assertThat(claimedOrder()).isEmpty();
    }
}
