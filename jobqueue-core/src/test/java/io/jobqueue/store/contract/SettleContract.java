package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobState;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code ACTIVE →} what the settlement says. */
public interface SettleContract extends StoreFixture {

    @Test
    default void completedJobKeepsItsResult() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        pass(Duration.ofSeconds(2));

        assertThat(settle(worker, Ending.COMPLETE.of(claim))).isTrue();

        StoredJob job = find("a");
        assertThat(job.state()).isEqualTo(JobState.COMPLETED);
        assertThat(job.result()).isEqualTo(Ending.RESULT.getBytes(UTF_8));
        assertThat(job.finishedAt()).isEqualTo(clock().instant());
        assertThat(job.attempts()).isOne();
        assertThat(job.error()).isNull();
    }

    @Test
    default void jobMayCompleteWithoutAResult() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");

        assertThat(settle(worker, new Settlement.Complete(claim.token(), null, KEPT)))
                .isTrue();

        assertThat(stateOf("a")).isEqualTo(JobState.COMPLETED);
        assertThat(find("a").result()).isNull();
    }

    @Test
    default void retryWithDelayIsScheduledAndCharged() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");

        assertThat(settle(worker, Ending.RETRY.of(claim))).isTrue();

        StoredJob job = find("a");
        assertThat(job.state()).isEqualTo(JobState.SCHEDULED);
        assertThat(job.dueAt()).isEqualTo(clock().instant().plus(Ending.DELAY));
        assertThat(job.attempts()).isOne();
        assertThat(job.error()).isEqualTo(Ending.ERROR);
        assertThat(job.finishedAt()).isNull();
    }

    @Test
    default void retryWithoutDelayWaitsAndIsCharged() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");

        settle(worker, new Settlement.Retry(claim.token(), Duration.ZERO, Ending.ERROR));

        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
        assertThat(find("a").attempts()).isOne();
        assertThat(claimOne(worker).attempt()).isEqualTo(2);
    }

    @Test
    default void lastErrorStaysReadableDuringTheNextAttempt() {
        WorkerSession worker = session();
        settle(worker, Ending.RETRY.of(claimNew(worker, "a")));
        pass(Ending.DELAY);
        claimOne(worker);

        assertThat(find("a").error()).isEqualTo(Ending.ERROR);
        assertThat(find("a").attempts()).isEqualTo(2);
    }

    @Test
    default void failedJobKeepsItsErrorAndAttempts() {
        WorkerSession worker = session();
        settle(worker, Ending.RETRY.of(claimNew(worker, "a")));
        pass(Ending.DELAY);
        Claim second = claimOne(worker);
        pass(Duration.ofSeconds(2));

        assertThat(settle(worker, Ending.FAIL.of(second))).isTrue();

        StoredJob job = find("a");
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.error()).isEqualTo(Ending.ERROR);
        assertThat(job.attempts()).isEqualTo(2);
        assertThat(job.finishedAt()).isEqualTo(clock().instant());
        assertThat(job.result()).isNull();
    }

    @Test
    default void runEndedByACancelEndsTheJob() {
        WorkerSession worker = session();

        assertThat(settle(worker, Ending.CANCEL.of(claimNew(worker, "a")))).isTrue();

        assertThat(stateOf("a")).isEqualTo(JobState.CANCELLED);
        assertThat(find("a").finishedAt()).isEqualTo(clock().instant());
        assertThat(claimedOrder()).isEmpty();
    }

    @Test
    default void releaseIsNotCharged() {
        WorkerSession worker = session();

        assertThat(settle(worker, Ending.RELEASE.of(claimNew(worker, "a")))).isTrue();

        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
        assertThat(find("a").attempts()).isZero();
        assertThat(find("a").crashes()).isZero();
        assertThat(claimOne(worker).attempt()).isOne();
    }

    @Test
    default void handBackIsScheduledAndCountedButNotCharged() {
        WorkerSession worker = session();

        assertThat(settle(worker, Ending.HAND_BACK.of(claimNew(worker, "a")))).isTrue();

        assertThat(stateOf("a")).isEqualTo(JobState.SCHEDULED);
        assertThat(find("a").dueAt()).isEqualTo(clock().instant().plus(Ending.DELAY));
        assertThat(find("a").attempts()).isZero();
        pass(Ending.DELAY);
        Claim again = claimOne(worker);
        assertThat(again.handBacks()).isOne();
        assertThat(again.attempt()).isOne();
        assertThat(again.crashes()).isZero();
    }

    @Test
    default void batchAnswersEachSettlementInOrder() {
        WorkerSession worker = session();
        enqueue("a", "b", "c", "d", "e", "f");
        List<Claim> claims = claim(worker, 6);

        ExchangeAnswer answer = exchange(
                worker,
                0,
                Ending.RELEASE.of(claims.get(5)),
                Ending.COMPLETE.of(claims.get(0)),
                Ending.COMPLETE.of(new ClaimToken("nobody", 7)),
                Ending.RETRY.of(claims.get(1)),
                Ending.FAIL.of(new ClaimToken("c", claims.get(2).token().fence() + 1)),
                Ending.FAIL.of(claims.get(2)),
                Ending.CANCEL.of(claims.get(3)),
                Ending.HAND_BACK.of(claims.get(4)));

        assertThat(answer.settled()).containsExactly(true, true, false, true, false, true, true, true);
        assertThat(List.of(stateOf("a"), stateOf("b"), stateOf("c"), stateOf("d"), stateOf("e"), stateOf("f")))
                .containsExactly(
                        JobState.COMPLETED,
                        JobState.SCHEDULED,
                        JobState.FAILED,
                        JobState.CANCELLED,
                        JobState.SCHEDULED,
                        JobState.WAITING);
    }

    @Test
    default void jobsOfOneCallAreKeptForTheirOwnTimes() {
        WorkerSession worker = session();
        enqueue("short", "long", "none");
        List<Claim> claims = claim(worker, 3);
        exchange(
                worker,
                0,
                new Settlement.Complete(claims.get(0).token(), null, Duration.ofSeconds(1)),
                new Settlement.Complete(claims.get(1).token(), null, Duration.ofSeconds(9)),
                new Settlement.Complete(claims.get(2).token(), null, Duration.ZERO));
        pass(Duration.ofSeconds(5));

        assertThat(isKept("short")).isFalse();
        assertThat(isKept("long")).isTrue();
        assertThat(isKept("none")).isFalse();
    }

    @Test
    default void largestBatchSettlesAllItsClaims() {
        WorkerSession worker = session();
        enqueue(IntStream.range(0, ExchangeRequest.MOST)
                .mapToObj(i -> "job-" + i)
                .toArray(String[]::new));
        Settlement[] endings = claim(worker, ExchangeRequest.MOST).stream()
                .map(Ending.COMPLETE::of)
                .toArray(Settlement[]::new);

        assertThat(exchange(worker, 0, endings).settled()).isEqualTo(Collections.nCopies(ExchangeRequest.MOST, true));
        assertThat(counts().completed()).isEqualTo(ExchangeRequest.MOST);
    }

    @Test
    default void plainAndPrioritizedJobsSettleInOneBatch() {
        WorkerSession worker = session();
        enqueue(job("plain"), job("high").priority(1), job("low").priority(-1));
        Settlement[] endings = claim(worker, 3).stream().map(Ending.RELEASE::of).toArray(Settlement[]::new);

        assertThat(exchange(worker, 0, endings).settled()).containsExactly(true, true, true);
        assertThat(claimedOrder()).containsExactly("high", "plain", "low");
    }
}
