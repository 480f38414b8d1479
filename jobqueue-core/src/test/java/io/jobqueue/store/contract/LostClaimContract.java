package io.jobqueue.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Progress;
import io.jobqueue.store.Claim;
import io.jobqueue.store.JobNotes.Noted;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.WorkerSession;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A worker whose lease ran out changes nothing any more, whoever has noticed it by then. */
public interface LostClaimContract extends StoreFixture {

    @ParameterizedTest
    @EnumSource
    default void lostClaimDoesNotComplete(Loss loss) {
        assertRefused(loss, Ending.COMPLETE);
    }

    @ParameterizedTest
    @EnumSource
    default void lostClaimDoesNotRetry(Loss loss) {
        assertRefused(loss, Ending.RETRY);
    }

    @ParameterizedTest
    @EnumSource
    default void lostClaimDoesNotFail(Loss loss) {
        assertRefused(loss, Ending.FAIL);
    }

    @ParameterizedTest
    @EnumSource
    default void lostClaimDoesNotEndByACancel(Loss loss) {
        assertRefused(loss, Ending.CANCEL);
    }

    @ParameterizedTest
    @EnumSource
    default void lostClaimIsNotReleased(Loss loss) {
        assertRefused(loss, Ending.RELEASE);
    }

    @ParameterizedTest
    @EnumSource
    default void lostClaimIsNotHandedBack(Loss loss) {
        assertRefused(loss, Ending.HAND_BACK);
    }

    @ParameterizedTest
    @EnumSource
    default void lostClaimIsNotRenewed(Loss loss) {
        WorkerSession worker = session();
        claimNew(worker, "a");
        loss.happen(this);
        StoredJob before = find("a");

        assertThat(jobs().renew(worker).alive()).isFalse();
        assertThat(find("a")).usingRecursiveComparison().isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    default void lostClaimReportsNoProgress(Loss loss) {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        loss.happen(this);
        StoredJob before = find("a");

        assertThat(notes().progress(worker, claim.token(), new Progress(50, "late")))
                .isFalse();
        assertThat(find("a")).usingRecursiveComparison().isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    default void lostClaimLeavesNoAttribute(Loss loss) {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        loss.happen(this);

        assertThat(notes().attributes(worker, claim.token(), Map.of("late", true)))
                .isEqualTo(Noted.CLAIM_LOST);
        assertThat(find("a").attributes()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    default void lostClaimLogsNothing(Loss loss) {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        loss.happen(this);

        assertThat(notes().log(worker, claim.token(), List.of("late"))).isFalse();
        assertThat(store().ledger().log(queue(), "a")).isEmpty();
    }

    private void assertRefused(Loss loss, Ending ending) {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        loss.happen(this);
        StoredJob before = find("a");

        assertThat(settle(worker, ending.of(claim))).isFalse();
        assertThat(find("a")).usingRecursiveComparison().isEqualTo(before);
    }
}
