package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.store.Claim;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Strictly by priority, then by sequence; what returns to its old place keeps its sequence. */
public interface OrderContract extends StoreFixture {

    @Test
    default void jobsAreClaimedInOrderOfEnqueue() {
        enqueue("a", "b");
        enqueue("c");
        pass(Duration.ofSeconds(1));
        enqueue("d");

        assertThat(claimedOrder()).containsExactly("a", "b", "c", "d");
    }

    @Test
    default void orderHoldsOverManyClaims() {
        WorkerSession worker = session();
        enqueue("a", "b", "c", "d", "e");

        assertThat(ids(claim(worker, 2))).containsExactly("a", "b");
        assertThat(ids(claim(session(), 1))).containsExactly("c");
        assertThat(ids(claim(worker, 2))).containsExactly("d", "e");
    }

    @Test
    default void higherPriorityIsClaimedFirst() {
        enqueue(job("low").priority(-1), job("plain"), job("high").priority(1));

        assertThat(claimedOrder()).containsExactly("high", "plain", "low");
    }

    @Test
    default void everyPriorityKeepsTheOrderOfEnqueue() {
        enqueue(
                job("min-1").priority(Integer.MIN_VALUE),
                job("plain-1"),
                job("max-1").priority(Integer.MAX_VALUE),
                job("below-1").priority(-1),
                job("above-1").priority(1),
                job("almost-1").priority(Integer.MAX_VALUE - 1));
        enqueue(
                job("almost-2").priority(Integer.MAX_VALUE - 1),
                job("above-2").priority(1),
                job("below-2").priority(-1),
                job("max-2").priority(Integer.MAX_VALUE),
                job("plain-2"),
                job("min-2").priority(Integer.MIN_VALUE));

        assertThat(claimedOrder())
                .containsExactly(
                        "max-1",
                        "max-2",
                        "almost-1",
                        "almost-2",
                        "above-1",
                        "above-2",
                        "plain-1",
                        "plain-2",
                        "below-1",
                        "below-2",
                        "min-1",
                        "min-2");
    }

    @Test
    default void laterJobOfHigherPriorityOvertakes() {
        WorkerSession worker = session();
        enqueue("a", "b");
        claimOne(worker);

        enqueue(job("urgent").priority(5));

        assertThat(ids(claim(worker, 2))).containsExactly("urgent", "b");
    }

    @Test
    default void delayedJobTakesItsPlaceWhenItBecomesDue() {
        enqueue(job("delayed").delay(Duration.ofSeconds(5)), job("a"));
        pass(Duration.ofSeconds(5));
        enqueue("b");

        assertThat(claimedOrder()).containsExactly("a", "b", "delayed");
    }

    @Test
    default void jobPromotedByTheLeaderIsBeforeLaterOnes() {
        enqueue(job("delayed").delay(Duration.ofSeconds(5)), job("a"));
        pass(Duration.ofSeconds(5));
        promote();
        enqueue("b");

        assertThat(claimedOrder()).containsExactly("a", "delayed", "b");
    }

    @Test
    default void delayedJobsBecomeDueInOrderOfTheirTime() {
        enqueue(
                job("third").delay(Duration.ofMillis(3)),
                job("first").delay(Duration.ofMillis(1)),
                job("second").runAt(clock().instant().plusMillis(2)));
        pass(Duration.ofSeconds(1));

        assertThat(claimedOrder()).containsExactly("first", "second", "third");
    }

    @Test
    default void delayedJobsOfOneTimeBecomeDueInOrderOfEnqueue() {
        enqueue(job("z").delay(Duration.ofSeconds(2)), job("a").delay(Duration.ofSeconds(2)));
        pass(Duration.ofSeconds(1));
        enqueue(job("m").delay(Duration.ofSeconds(1)));
        pass(Duration.ofSeconds(1));

        assertThat(claimedOrder()).containsExactly("z", "a", "m");
    }

    @Test
    default void delayedJobKeepsItsPriority() {
        enqueue(job("urgent").priority(5).delay(Duration.ofSeconds(1)), job("a"));
        pass(Duration.ofSeconds(1));

        assertThat(claimedOrder()).containsExactly("urgent", "a");
    }

    @Test
    default void retryWithoutDelayGoesToTheBack() {
        WorkerSession worker = session();
        enqueue("a", "b");
        Claim claim = claimOne(worker);
        enqueue("c");

        settle(worker, new Settlement.Retry(claim.token(), Duration.ZERO, Ending.ERROR));
        enqueue("d");

        assertThat(claimedOrder()).containsExactly("b", "c", "a", "d");
    }

    @Test
    default void retryWithDelayBlocksNobody() {
        WorkerSession worker = session();
        enqueue("a", "b");
        settle(worker, Ending.RETRY.of(claimOne(worker)));

        assertThat(ids(claim(worker, 10))).containsExactly("b");
        pass(Ending.DELAY);
        enqueue("c");
        assertThat(claimedOrder()).containsExactly("c", "a");
    }

    @Test
    default void retryKeepsItsPriority() {
        WorkerSession worker = session();
        enqueue(job("urgent").priority(5), job("a"));
        settle(worker, new Settlement.Retry(claimOne(worker).token(), Duration.ZERO, Ending.ERROR));

        assertThat(claimedOrder()).containsExactly("urgent", "a");
    }

    @Test
    default void handedBackJobTakesANewPlace() {
        WorkerSession worker = session();
        enqueue("a", "b");
        settle(worker, Ending.HAND_BACK.of(claimOne(worker)));
        pass(Ending.DELAY);

        assertThat(claimedOrder()).containsExactly("b", "a");
    }

    @Test
    default void releasedClaimReturnsToItsOldPlace() {
        WorkerSession worker = session();
        enqueue("a", "b");
        Claim claim = claimOne(worker);
        enqueue("c");

        settle(worker, Ending.RELEASE.of(claim));

        assertThat(claimedOrder()).containsExactly("a", "b", "c");
    }

    @Test
    default void claimsReleasedInAnyOrderReturnToTheirOldPlaces() {
        WorkerSession worker = session();
        enqueue("a", "b", "c", "d", "e", "f");
        List<Claim> claims = claim(worker, 5);

        exchange(worker, 0, Ending.RELEASE.of(claims.get(4)), Ending.RELEASE.of(claims.get(1)));
        settle(worker, Ending.RELEASE.of(claims.get(2)));

        assertThat(claimedOrder()).containsExactly("b", "c", "e", "f");
    }

    @Test
    default void releasedClaimIsMergedWithThoseThatWaitNow() {
        WorkerSession worker = session();
        enqueue("a", "b", "c", "d");
        List<Claim> claims = claim(worker, 3);
        exchange(worker, 0, Ending.RELEASE.of(claims.get(2)), Ending.RELEASE.of(claims.get(0)));

        assertThat(ids(claim(worker, 1))).containsExactly("a");
        assertThat(ids(claim(worker, 1))).containsExactly("c");
        assertThat(ids(claim(worker, 1))).containsExactly("d");
    }

    @Test
    default void claimReleasedTwiceReturnsTwice() {
        WorkerSession worker = session();
        enqueue("a", "b", "c");
        settle(worker, Ending.RELEASE.of(claimOne(worker)));
        Claim again = claimOne(worker);
        settle(worker, Ending.RELEASE.of(again));

        assertThat(claimedOrder()).containsExactly("a", "b", "c");
    }

    @Test
    default void releasedClaimReturnsToItsPlaceWithinItsPriority() {
        WorkerSession worker = session();
        enqueue(job("high-1").priority(2), job("high-2").priority(2), job("plain"));
        Claim claim = claimOne(worker);
        enqueue(job("higher").priority(3));

        settle(worker, Ending.RELEASE.of(claim));

        assertThat(claimedOrder()).containsExactly("higher", "high-1", "high-2", "plain");
    }

    @Test
    default void releasedJobThatWasDelayedReturnsToThePlaceItGotWhenDue() {
        WorkerSession worker = session();
        enqueue(job("delayed").delay(Duration.ofSeconds(1)), job("a"));
        pass(Duration.ofSeconds(1));
        promote();
        enqueue("b");
        List<Claim> claims = claim(worker, 2);

        exchange(worker, 0, Ending.RELEASE.of(claims.get(1)), Ending.RELEASE.of(claims.get(0)));

        assertThat(claimedOrder()).containsExactly("a", "delayed", "b");
    }

    @Test
    default void retriedJobReturnsToThePlaceOfItsRetryWhenReleased() {
        WorkerSession worker = session();
        enqueue("a", "b");
        settle(worker, new Settlement.Retry(claimOne(worker).token(), Duration.ZERO, Ending.ERROR));
        List<Claim> claims = claim(worker, 2);
        enqueue("c");

        exchange(worker, 0, Ending.RELEASE.of(claims.get(1)), Ending.RELEASE.of(claims.get(0)));

        assertThat(claimedOrder()).containsExactly("b", "a", "c");
    }

    @Test
    default void reapedJobReturnsToItsOldPlace() {
        WorkerSession lost = session();
        enqueue("a", "b", "c", "d");
        claim(lost, 3);
        pass(LEASE);
        reap();
        enqueue("e");

        assertThat(claimedOrder()).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    default void reconciledClaimReturnsToItsOldPlace() {
        WorkerSession worker = session();
        enqueue("a", "b", "c");
        List<Claim> claims = claim(worker, 2);

        jobs().reconcile(worker, List.of(claims.get(1).token()));

        assertThat(claimedOrder()).containsExactly("a", "c");
    }

    @Test
    default void cancelledJobLeavesTheOthersInOrder() {
        enqueue("a", "b", "c");
        jobs().cancel(queue(), "b", KEPT);

        assertThat(claimedOrder()).containsExactly("a", "c");
    }
}
