package io.jobqueue.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobState;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Only the current token settles, and it settles once. */
public interface TokenContract extends StoreFixture {

    @ParameterizedTest
    @EnumSource
    default void repeatedSettlementIsAnsweredAlikeAndChangesNothing(Ending ending) {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        settle(worker, ending.of(claim));
        StoredJob before = find("a");

        assertThat(settle(worker, ending.of(claim))).isTrue();

        assertThat(find("a")).usingRecursiveComparison().isEqualTo(before);
        assertThat(counts().active()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    default void firstSettlementOfAClaimStands(Ending second) {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        settle(worker, Ending.COMPLETE.of(claim));
        StoredJob before = find("a");

        settle(worker, second.of(claim));

        assertThat(find("a")).usingRecursiveComparison().isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    default void tokenTwiceInOneCallTakesEffectOnce(Ending ending) {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");

        ExchangeAnswer answer = exchange(worker, 0, Ending.FAIL.of(claim), ending.of(claim));

        assertThat(answer.settled()).containsExactly(true, true);
        assertThat(stateOf("a")).isEqualTo(JobState.FAILED);
        assertThat(find("a").attempts()).isOne();
        assertThat(counts().failed()).isOne();
    }

    @Test
    default void tokenTwiceInOneCallIsAnsweredAlikeWhenTheJobIsNotKept() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        Settlement unkept = new Settlement.Complete(claim.token(), null, Duration.ZERO);

        assertThat(exchange(worker, 0, unkept, unkept).settled()).containsExactly(true, true);
        assertThat(isKept("a")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    default void tokenOfAnEarlierAttemptLeavesTheRunningOneAlone(Ending ending) {
        WorkerSession worker = session();
        Claim earlier = claimNew(worker, "a");
        settle(worker, new Settlement.Retry(earlier.token(), Duration.ZERO, Ending.ERROR));
        Claim running = claimOne(worker);
        StoredJob before = find("a");

        settle(worker, ending.of(earlier));

        assertThat(find("a")).usingRecursiveComparison().isEqualTo(before);
        assertThat(settle(worker, Ending.COMPLETE.of(running))).isTrue();
    }

    @Test
    default void tokenOfAnEarlierAttemptIsRefusedAfterALaterSettlement() {
        WorkerSession worker = session();
        Claim earlier = claimNew(worker, "a");
        settle(worker, new Settlement.Retry(earlier.token(), Duration.ZERO, Ending.ERROR));
        settle(worker, Ending.COMPLETE.of(claimOne(worker)));

        assertThat(settle(worker, Ending.FAIL.of(earlier))).isFalse();
        assertThat(stateOf("a")).isEqualTo(JobState.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource
    default void forgedFenceSettlesNothing(Ending ending) {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        StoredJob before = find("a");
        long fence = claim.token().fence();

        assertThat(exchange(worker, 0, ending.of(new ClaimToken("a", fence + 1)), ending.of(new ClaimToken("a", 0)))
                        .settled())
                .containsExactly(false, false);

        assertThat(find("a")).usingRecursiveComparison().isEqualTo(before);
        assertThat(settle(worker, ending.of(claim))).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    default void tokenOfAnotherSessionSettlesNothing(Ending ending) {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        StoredJob before = find("a");

        assertThat(settle(session(), ending.of(claim))).isFalse();

        assertThat(find("a")).usingRecursiveComparison().isEqualTo(before);
        assertThat(settle(worker, ending.of(claim))).isTrue();
    }

    @Test
    default void jobThatWasNeverClaimedIsNotSettled() {
        enqueue("a");

        assertThat(settle(session(), Ending.COMPLETE.of(new ClaimToken("a", 1))))
                .isFalse();
        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
    }

    @Test
    default void jobThatDoesNotExistIsNotSettled() {
        assertThat(settle(session(), Ending.COMPLETE.of(new ClaimToken("nobody", 1))))
                .isFalse();
        assertThat(isKept("nobody")).isFalse();
    }
}
