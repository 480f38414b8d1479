package io.jobqueue.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobState;
import io.jobqueue.Progress;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.Renewal;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All claims of a session hold until its lease ends, and never again. */
public interface LeaseContract extends StoreFixture {

    Duration ALMOST_LEASE = LEASE.minusMillis(1);

    @Test
    default void claimHoldsUntilTheLastMillisecondOfItsLease() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        pass(ALMOST_LEASE);

        assertThat(settle(worker, Ending.COMPLETE.of(claim))).isTrue();
    }

    @Test
    default void renewalProlongsTheLease() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        pass(ALMOST_LEASE);

        Renewal renewal = jobs().renew(worker);
        pass(ALMOST_LEASE);

        assertThat(renewal.alive()).isTrue();
        assertThat(renewal.cancelRequested()).isEmpty();
        assertThat(reap()).isEmpty();
        assertThat(settle(worker, Ending.COMPLETE.of(claim))).isTrue();
    }

    @Test
    default void exchangeProlongsTheLeaseOfAllClaims() {
        WorkerSession worker = session();
        Claim first = claimNew(worker, "a");
        pass(ALMOST_LEASE);
        Claim second = claimNew(worker, "b");
        pass(ALMOST_LEASE);

        assertThat(reap()).isEmpty();
        assertThat(exchange(worker, 0, Ending.COMPLETE.of(first), Ending.COMPLETE.of(second))
                        .settled())
                .containsExactly(true, true);
    }

    @Test
    default void exchangeWithoutClaimsProlongsTheLease() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        pass(ALMOST_LEASE);
        exchange(worker, 0);
        pass(ALMOST_LEASE);

        assertThat(settle(worker, Ending.COMPLETE.of(claim))).isTrue();
    }

    @Test
    default void leaseOfOneSessionDoesNotProlongAnother() {
        WorkerSession lost = session();
        claimNew(lost, "a");
        pass(ALMOST_LEASE);
        claimNew(session(), "b");
        pass(Duration.ofMillis(1));

        assertThat(reap()).extracting("jobId").containsExactly("a");
    }

    @Test
    default void progressIsStoredWhileTheLeaseHolds() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        pass(ALMOST_LEASE);

        assertThat(notes().progress(worker, claim.token(), new Progress(50, "half")))
                .isTrue();
        assertThat(find("a").progress()).isEqualTo(new Progress(50, "half"));
    }

    @Test
    default void exchangeDoesNotReviveAnExpiredSession() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        enqueue("b");
        pass(LEASE);

        ExchangeAnswer answer = exchange(worker, 1, Ending.COMPLETE.of(claim));

        assertThat(answer.sessionLost()).isTrue();
        assertThat(answer.settled()).containsExactly(false);
        assertThat(answer.claims()).isEmpty();
        assertThat(stateOf("b")).isEqualTo(JobState.WAITING);
        assertThat(exchange(worker, 1).sessionLost()).isTrue();
        assertThat(jobs().renew(worker).alive()).isFalse();
    }

    @Test
    default void renewalDoesNotReviveAnExpiredSession() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        pass(LEASE);

        jobs().renew(worker);

        assertThat(exchange(worker, 0, Ending.COMPLETE.of(claim)).sessionLost()).isTrue();
        assertThat(reap()).hasSize(1);
    }

    @Test
    default void sessionWithoutClaimsExpiresToo() {
        WorkerSession worker = session();
        exchange(worker, 1);
        pass(LEASE);
        enqueue("a");

        ExchangeAnswer answer = exchange(worker, 1);

        assertThat(answer.sessionLost()).isTrue();
        assertThat(answer.claims()).isEmpty();
    }

    @Test
    default void sessionInItsLeaseIsNotLost() {
        WorkerSession worker = session();
        claimNew(worker, "a");
        pass(ALMOST_LEASE);

        assertThat(exchange(worker, 1).sessionLost()).isFalse();
    }

    @Test
    default void sessionThatNeverClaimedIsNotRenewed() {
        assertThat(jobs().renew(session()).alive()).isFalse();
    }

    @Test
    default void newSessionGoesOnAfterALoss() {
        WorkerSession lost = session();
        claimNew(lost, "a");
        pass(LEASE);
        reap();
        WorkerSession next = session();

        Claim claim = claimOne(next);

        assertThat(settle(next, Ending.COMPLETE.of(claim))).isTrue();
        assertThat(claim.crashes()).isOne();
    }

    @Test
    default void jobOfAnExpiredSessionIsNobodysUntilItIsReaped() {
        claimNew(session(), "a");
        pass(LEASE);

        assertThat(claimedOrder()).isEmpty();
        reap();
        assertThat(claimedOrder()).containsExactly("a");
    }

    @Test
    default void progressNeedsTheCurrentToken() {
        WorkerSession worker = session();
        Claim earlier = claimNew(worker, "a");
        settle(worker, Ending.RELEASE.of(earlier));
        claimOne(worker);

        assertThat(notes().progress(worker, earlier.token(), new Progress(50, "late")))
                .isFalse();
        assertThat(find("a").progress()).isNull();
    }

    @Test
    default void progressNeedsTheOwningSession() {
        Claim claim = claimNew(session(), "a");
        WorkerSession other = session();
        exchange(other, 0);

        assertThat(notes().progress(other, claim.token(), new Progress(50, "forged")))
                .isFalse();
        assertThat(find("a").progress()).isNull();
    }

    @Test
    default void progressOfASettledJobIsRefused() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        settle(worker, Ending.COMPLETE.of(claim));

        assertThat(notes().progress(worker, claim.token(), new Progress(50, "late")))
                .isFalse();
    }

    @Test
    default void lastProgressWinsAndOutlivesARetry() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        notes().progress(worker, claim.token(), new Progress(10, "begun"));
        notes().progress(worker, claim.token(), new Progress(60, ""));

        settle(worker, Ending.RETRY.of(claim));

        assertThat(find("a").progress()).isEqualTo(new Progress(60, ""));
    }

    @Test
    default void renewalOfManyClaimsNamesNone() {
        WorkerSession worker = session();
        enqueue("a", "b", "c");
        claim(worker, 3);

        assertThat(jobs().renew(worker)).isEqualTo(new Renewal(true, List.of()));
    }
}
