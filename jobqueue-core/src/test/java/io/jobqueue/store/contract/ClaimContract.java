package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobState;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code WAITING → ACTIVE}. */
public interface ClaimContract extends StoreFixture {

    @Test
    default void neverMoreIsClaimedThanAsked() {
        enqueue("a", "b", "c");

        assertThat(claim(session(), 2)).hasSize(2);
        assertThat(counts().waiting()).isOne();
    }

    @Test
    default void fewerAreClaimedWhenFewerWait() {
        enqueue("a", "b");

        assertThat(claim(session(), 10)).hasSize(2);
    }

    @Test
    default void nothingIsClaimedFromAnEmptyQueue() {
        assertThat(claim(session(), 10)).isEmpty();
    }

    @Test
    default void nothingIsClaimedWhenNothingIsAsked() {
        enqueue("a");

        assertThat(claim(session(), 0)).isEmpty();
        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
    }

    @Test
    default void largestClaimIsOneCall() {
        String[] ids = IntStream.range(0, ExchangeRequest.MOST)
                .mapToObj(i -> "job-" + i)
                .toArray(String[]::new);
        enqueue(ids);
        enqueue("one-more");

        assertThat(ids(claim(session(), ExchangeRequest.MOST))).containsExactly(ids);
    }

    @Test
    default void claimedJobIsActiveAndNobodyElses() {
        enqueue("a");

        claimOne(session());

        assertThat(stateOf("a")).isEqualTo(JobState.ACTIVE);
        assertThat(claim(session(), 10)).isEmpty();
    }

    @Test
    default void claimNamesAJobsFirstAttempt() {
        Claim claim = claimNew(session(), "a");

        assertThat(claim.token().jobId()).isEqualTo("a");
        assertThat(claim.attempt()).isOne();
        assertThat(claim.crashes()).isZero();
        assertThat(claim.handBacks()).isZero();
    }

    @Test
    default void scheduledJobIsNotClaimedBeforeItIsDue() {
        enqueue(job("a").delay(Duration.ofSeconds(5)));
        pass(Duration.ofMillis(4999));

        assertThat(claim(session(), 10)).isEmpty();
    }

    @Test
    default void scheduledJobIsClaimedTheMomentItIsDue() {
        enqueue(job("a").delay(Duration.ofSeconds(5)));
        pass(Duration.ofSeconds(5));

        assertThat(ids(claim(session(), 10))).containsExactly("a");
    }

    @Test
    default void everyClaimOfAJobHasAHigherFence() {
        WorkerSession worker = session();
        Claim first = claimNew(worker, "a");
        settle(worker, Ending.RELEASE.of(first));
        Claim second = claimOne(worker);
        settle(worker, new Settlement.Retry(second.token(), Duration.ZERO, Ending.ERROR));
        Claim third = claimOne(session());
        pass(LEASE);
        reap();
        Claim fourth = claimOne(session());

        assertThat(fences(first, second, third, fourth)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    default void fenceGrowsThroughTheLivesOfAnId() {
        WorkerSession worker = session();
        Claim earlier = claimNew(worker, "a");
        settle(worker, new Settlement.Complete(earlier.token(), null, Duration.ZERO));

        Claim later = claimNew(worker, "a");

        assertThat(later.token().fence()).isGreaterThan(earlier.token().fence());
    }

    @Test
    default void jobCouldBeClaimedSinceItWasEnqueued() {
        enqueue("a");
        Instant enqueued = clock().instant();
        pass(Duration.ofSeconds(3));

        assertThat(claimOne(session()).waitingSince()).isEqualTo(enqueued);
    }

    @Test
    default void delayedJobCouldBeClaimedSinceItWasDue() {
        enqueue(job("a").delay(Duration.ofSeconds(5)));
        Instant due = clock().instant().plusSeconds(5);
        pass(Duration.ofSeconds(8));

        assertThat(claimOne(session()).waitingSince()).isEqualTo(due);
    }

    @Test
    default void retriedJobCouldBeClaimedSinceItsRetry() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        pass(Duration.ofSeconds(3));
        settle(worker, new Settlement.Retry(claim.token(), Duration.ZERO, Ending.ERROR));
        Instant retried = clock().instant();
        pass(Duration.ofSeconds(3));

        assertThat(claimOne(worker).waitingSince()).isEqualTo(retried);
    }

    @Test
    default void answerCarriesTheStoresTime() {
        pass(Duration.ofMillis(17));

        assertThat(exchange(session(), 1).at()).isEqualTo(clock().instant());
    }

    @Test
    default void answerSaysHowLongUntilTheNextJobIsDue() {
        enqueue(job("late").delay(Duration.ofSeconds(9)), job("early").delay(Duration.ofSeconds(5)), job("now"));
        pass(Duration.ofSeconds(2));

        assertThat(exchange(session(), 1).nextDue()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    default void answerSaysNothingOfATimeWhenNothingIsScheduled() {
        enqueue("a");

        assertThat(exchange(session(), 1).nextDue()).isNull();
    }

    @Test
    default void cancelledScheduledJobIsNotAnnounced() {
        enqueue(job("a").delay(Duration.ofSeconds(5)));
        jobs().cancel(queue(), "a", KEPT);

        assertThat(exchange(session(), 1).nextDue()).isNull();
    }

    @Test
    default void callSettlesBeforeItClaims() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");

        ExchangeAnswer answer = exchange(worker, 1, new Settlement.Retry(claim.token(), Duration.ZERO, Ending.ERROR));

        assertThat(answer.settled()).containsExactly(true);
        assertThat(answer.claims()).hasSize(1);
        assertThat(answer.claims().get(0).attempt()).isEqualTo(2);
    }

    @Test
    default void queuesAreClaimedApart() {
        String other = queue() + "-other";
        enqueue("a");
        jobs().enqueue(other, List.of(job("b").newJob()));

        assertThat(ids(claim(session(other), 10))).containsExactly("b");
        assertThat(claimedOrder()).containsExactly("a");
    }

    private static List<Long> fences(Claim... claims) {
        return List.of(claims).stream().map(claim -> claim.token().fence()).toList();
    }
}
