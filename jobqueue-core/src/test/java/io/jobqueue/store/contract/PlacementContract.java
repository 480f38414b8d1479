package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.store.Claim;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A job enqueued at the front goes before all that wait in its priority. */
public interface PlacementContract extends StoreFixture {

    @Test
    default void jobAtTheFrontIsClaimedFirst() {
        enqueue("a", "b");
        enqueue(job("front").atFront());

        assertThat(claimedOrder()).containsExactly("front", "a", "b");
    }

    @Test
    default void laterJobAtTheFrontGoesBeforeAnEarlierOne() {
        enqueue(job("first").atFront(), job("a"), job("second").atFront());
        enqueue(job("third").atFront(), job("b"));

        assertThat(claimedOrder()).containsExactly("third", "second", "first", "a", "b");
    }

    @Test
    default void frontIsThatOfThePriority() {
        enqueue(job("high").priority(1), job("plain"), job("low").priority(-1));
        enqueue(
                job("high-front").priority(1).atFront(),
                job("front").atFront(),
                job("low-front").priority(-1).atFront());

        assertThat(claimedOrder()).containsExactly("high-front", "high", "front", "plain", "low-front", "low");
    }

    @Test
    default void jobAtTheFrontReturnsToItsOldPlace() {
        WorkerSession worker = session();
        enqueue(job("a"), job("first").atFront(), job("second").atFront());
        List<Claim> claims = claim(worker, 3);
        enqueue(job("third").atFront());

        exchange(
                worker,
                0,
                Ending.RELEASE.of(claims.get(1)),
                Ending.RELEASE.of(claims.get(2)),
                Ending.RELEASE.of(claims.get(0)));

        assertThat(claimedOrder()).containsExactly("third", "second", "first", "a");
    }

    @Test
    default void frontIsBeforeWhatIsReleasedLater() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        enqueue(job("front").atFront());

        settle(worker, Ending.RELEASE.of(claim));

        assertThat(claimedOrder()).containsExactly("front", "a");
    }

    @Test
    default void retriedJobOfTheFrontGoesToTheEnd() {
        WorkerSession worker = session();
        enqueue(job("a"), job("front").atFront());

        settle(worker, new Settlement.Retry(claimOne(worker).token(), Duration.ZERO, Ending.ERROR));

        assertThat(claimedOrder()).containsExactly("a", "front");
    }

    @Test
    default void reapedJobOfTheFrontReturnsToItsOldPlace() {
        enqueue(job("a"), job("front").atFront());
        claimOne(session());
        pass(LEASE);

        reap();

        assertThat(claimedOrder()).containsExactly("front", "a");
    }

    @Test
    default void scheduledJobGoesToTheEndWhenItIsDue() {
        enqueue(job("late").delay(Duration.ofSeconds(5)).atFront(), job("a"));
        pass(Duration.ofSeconds(5));

        assertThat(claimedOrder()).containsExactly("a", "late");
    }

    @Test
    default void jobAtTheFrontIsCancelledLikeAnyOther() {
        enqueue(job("a"), job("front").atFront());

        jobs().cancel(queue(), "front", KEPT);

        assertThat(claimedOrder()).containsExactly("a");
        assertThat(counts().waiting()).isZero();
    }

    @Test
    default void jobAtTheFrontOfAnEmptyQueueWakes() throws InterruptedException {
        enqueue(job("front").atFront());

        assertThat(store().signals().awaitWork(queue(), Duration.ofSeconds(10))).isTrue();
    }
}
