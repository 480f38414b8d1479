package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Enqueued.Status;
import io.jobqueue.JobState;
import io.jobqueue.Progress;
import io.jobqueue.QueueCounts;
import io.jobqueue.StallPolicy;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.PurgeRequest;
import io.jobqueue.store.ReapRequest;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long ended jobs are kept, and that nothing else is ever removed. */
public interface RetentionContract extends StoreFixture {

    @ParameterizedTest
    @EnumSource(names = {"COMPLETE", "FAIL", "CANCEL"})
    default void endedJobIsReadableUntilItsRetentionIsOver(Ending ending) {
        WorkerSession worker = session();
        settle(worker, ending.of(claimNew(worker, "a")));

        pass(KEPT.minusMillis(1));
        assertThat(isKept("a")).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(isKept("a")).isFalse();
    }

    @Test
    default void jobCancelledBeforeItStartedIsKeptAsLongAsTheCallerSays() {
        enqueue("a");
        jobs().cancel(queue(), "a", Duration.ofSeconds(5));

        pass(Duration.ofMillis(4999));
        assertThat(stateOf("a")).isEqualTo(JobState.CANCELLED);
        pass(Duration.ofMillis(1));
        assertThat(isKept("a")).isFalse();
    }

    @Test
    default void retentionOfZeroRemovesACompletedJobAtOnce() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");

        assertThat(settle(worker, new Settlement.Complete(claim.token(), null, Duration.ZERO)))
                .isTrue();
        assertNothingIsLeft();
    }

    @Test
    default void retentionOfZeroRemovesAFailedJobAtOnce() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        notes().progress(worker, claim.token(), new Progress(1, ""));

        settle(worker, new Settlement.Fail(claim.token(), Ending.ERROR, Duration.ZERO));

        assertNothingIsLeft();
    }

    @Test
    default void retentionOfZeroRemovesACancelledJobAtOnce() {
        WorkerSession worker = session();
        enqueue(job("a"), job("b"), job("c").delay(Duration.ofSeconds(1)));
        Claim claim = claimOne(worker);

        settle(worker, new Settlement.Cancel(claim.token(), Duration.ZERO));
        jobs().cancel(queue(), "b", Duration.ZERO);
        jobs().cancel(queue(), "c", Duration.ZERO);

        assertNothingIsLeft();
        assertThat(isKept("b")).isFalse();
        assertThat(isKept("c")).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(claimedOrder()).isEmpty();
    }

    @Test
    default void retentionOfZeroRemovesACrashedJobAtOnce() {
        claimNew(session(), "a");
        pass(LEASE);

        assertThat(jobs().reap(lead(), new ReapRequest(1, StallPolicy.REQUEUE, 1, Duration.ZERO, KEPT)))
                .hasSize(1);
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETE", "FAIL", "CANCEL"})
    default void idIsFreeWhenTheRetentionIsOver(Ending ending) {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        notes().progress(worker, claim.token(), new Progress(50, "half"));
        settle(worker, ending.of(claim));
        pass(KEPT);

        assertThat(enqueue("a").get(0).status()).isEqualTo(Status.QUEUED);

        assertThat(find("a").attempts()).isZero();
        assertThat(find("a").progress()).isNull();
        assertThat(find("a").error()).isNull();
        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 0, 1, 0, 0, 0, 0));
        assertThat(claimedOrder()).containsExactly("a");
    }

    @Test
    default void purgeRemovesOnlyWhatIsOver() {
        WorkerSession worker = session();
        enqueue("over", "kept");
        Claim over = claimOne(worker);
        Claim kept = claimOne(worker);
        settle(worker, new Settlement.Complete(over.token(), null, Duration.ofSeconds(5)));
        settle(worker, new Settlement.Complete(kept.token(), null, Duration.ofSeconds(6)));
        pass(Duration.ofSeconds(5));

        assertThat(purge()).isOne();

        assertThat(isKept("over")).isFalse();
        assertThat(isKept("kept")).isTrue();
        assertThat(counts().completed()).isOne();
        assertThat(purge()).isZero();
    }

    @Test
    default void purgeLeavesEveryJobThatHasNotEnded() {
        WorkerSession worker = session();
        enqueue("active");
        claimOne(worker);
        enqueue(job("waiting"), job("scheduled").delay(Duration.ofDays(60)));
        pass(Duration.ofDays(30));

        assertThat(purge()).isZero();

        assertThat(stateOf("active")).isEqualTo(JobState.ACTIVE);
        assertThat(stateOf("waiting")).isEqualTo(JobState.WAITING);
        assertThat(stateOf("scheduled")).isEqualTo(JobState.SCHEDULED);
    }

    @Test
    default void purgeLeavesALiveJobThatReplacedAnEndedOne() {
        WorkerSession worker = session();
        settle(worker, Ending.FAIL.of(claimNew(worker, "failed")));
        settle(worker, Ending.CANCEL.of(claimNew(worker, "cancelled")));
        enqueue(job("failed").replacingFailed(), job("cancelled"));
        pass(KEPT);

        assertThat(purge()).isZero();

        assertThat(claimedOrder()).containsExactly("failed", "cancelled");
    }

    @Test
    default void purgeLeavesAnEndedJobThatReplacedAnEarlierOne() {
        WorkerSession worker = session();
        settle(worker, Ending.FAIL.of(claimNew(worker, "a")));
        pass(Duration.ofSeconds(5));
        enqueue(job("a").replacingFailed());
        WorkerSession next = session();
        settle(next, Ending.COMPLETE.of(claimOne(next)));
        pass(KEPT.minusSeconds(5));

        assertThat(purge()).isZero();
        assertThat(stateOf("a")).isEqualTo(JobState.COMPLETED);
        pass(Duration.ofSeconds(5));
        assertThat(purge()).isOne();
    }

    @Test
    default void purgeKeepsItsLimit() {
        WorkerSession worker = session();
        enqueue("a", "b", "c", "d", "e");
        Settlement[] endings =
                claim(worker, 5).stream().map(Ending.COMPLETE::of).toArray(Settlement[]::new);
        exchange(worker, 0, endings);
        pass(KEPT);

        assertThat(jobs().purge(lead(), new PurgeRequest(2))).isEqualTo(2);
        assertThat(counts().completed()).isEqualTo(3);
        assertThat(jobs().purge(lead(), new PurgeRequest(2))).isEqualTo(2);
        assertThat(jobs().purge(lead(), new PurgeRequest(2))).isOne();
        assertThat(jobs().purge(lead(), new PurgeRequest(2))).isZero();
    }

    @Test
    default void purgeLeavesNothing() {
        WorkerSession worker = session();
        String[] ids = IntStream.range(0, 30).mapToObj(i -> "job-" + i).toArray(String[]::new);
        enqueue(ids);
        Ending[] endings = {Ending.COMPLETE, Ending.FAIL, Ending.CANCEL};
        Settlement[] settlements = IntStream.range(0, ids.length)
                .mapToObj(i -> endings[i % endings.length].of(claimOne(worker)))
                .toArray(Settlement[]::new);
        exchange(worker, 0, settlements);
        pass(KEPT);

        assertThat(purge()).isEqualTo(ids.length);

        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 0, 0, 0, 0, 0, 0));
        assertThat(ids).noneMatch(this::isKept);
        assertThat(enqueue(ids)).hasSize(ids.length).allMatch(answer -> answer.status() == Status.QUEUED);
        assertThat(claim(session(), ExchangeRequest.MOST)).hasSize(ids.length);
    }

    @Test
    default void repeatedSettlementOfAnUnkeptJobChangesNothing() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        Settlement unkept = new Settlement.Complete(claim.token(), null, Duration.ZERO);
        settle(worker, unkept);

        settle(worker, unkept);

        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        assertThat(isKept("a")).isFalse();
        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 0, 0, 0, 0, 0, 0));
        assertThat(purge()).isZero();
    }
}
