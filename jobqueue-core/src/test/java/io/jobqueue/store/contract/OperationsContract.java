package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Enqueued.Status;
import io.jobqueue.JobState;
import io.jobqueue.Progress;
import io.jobqueue.QueueCounts;
import io.jobqueue.store.Claim;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Replays ended jobs, promotes scheduled ones, keeps ended ones longer or shorter. */
public interface OperationsContract extends StoreFixture {

    @ParameterizedTest
    @EnumSource(names = {"COMPLETE", "FAIL", "CANCEL"})
    default void endedJobIsReplayedAsIfItWereNew(Ending ending) {
        Instant created = clock().instant();
        WorkerSession worker = session();
        Claim first = claimNew(worker, "a");
        notes().progress(worker, first.token(), new Progress(50, "half"));
        settle(worker, ending.of(first));
        pass(Duration.ofSeconds(1));

        assertThat(replay("a")).containsExactly(true);

        StoredJob job = find("a");
        assertThat(job.state()).isEqualTo(JobState.WAITING);
        assertThat(job.attempts()).isZero();
        assertThat(job.createdAt()).isEqualTo(created);
        assertThat(job.finishedAt()).isNull();
        assertThat(job.progress()).isNull();
        assertThat(job.result()).isNull();
        assertThat(job.error()).isNull();
        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 0, 1, 0, 0, 0, 0));
        Claim again = claimOne(worker);
        assertThat(again.attempt()).isOne();
        assertThat(again.waitingSince()).isEqualTo(clock().instant());
        assertThat(again.token().fence()).isGreaterThan(first.token().fence());
    }

    @Test
    default void countersOfAReplayedJobBeginAnew() {
        claimNew(session(), "a");
        pass(LEASE);
        reap();
        WorkerSession worker = session();
        settle(worker, Ending.HAND_BACK.of(claimOne(worker)));
        pass(Ending.DELAY);
        settle(worker, Ending.RETRY.of(claimOne(worker)));
        pass(Ending.DELAY);
        settle(worker, Ending.FAIL.of(claimOne(worker)));

        replay("a");

        assertThat(find("a").crashes()).isZero();
        Claim claim = claimOne(worker);
        assertThat(claim.attempt()).isOne();
        assertThat(claim.crashes()).isZero();
        assertThat(claim.handBacks()).isZero();
    }

    @Test
    default void replayedJobsGoToTheEndInTheOrderAsked() {
        WorkerSession worker = session();
        enqueue("a", "b", "c");
        List<Claim> claims = claim(worker, 3);
        claims.forEach(claim -> settle(worker, Ending.FAIL.of(claim)));
        enqueue("waiting");

        assertThat(replay("c", "a")).containsExactly(true, true);

        assertThat(claimedOrder()).containsExactly("waiting", "c", "a");
        assertThat(stateOf("b")).isEqualTo(JobState.FAILED);
    }

    @Test
    default void replayLeavesEveryJobThatHasNotEnded() {
        WorkerSession worker = session();
        settle(worker, Ending.FAIL.of(claimNew(worker, "failed")));
        claimNew(worker, "active");
        enqueue(job("waiting"), job("scheduled").delay(Duration.ofHours(1)));

        assertThat(replay("active", "waiting", "failed", "scheduled", "nobody", "failed"))
                .containsExactly(false, false, true, false, false, false);

        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 1, 2, 1, 0, 0, 0));
        assertThat(operations().replay(queue() + "-never", List.of("a"))).containsExactly(false);
    }

    @Test
    default void jobPastItsRetentionIsNotReplayed() {
        WorkerSession worker = session();
        settle(worker, Ending.FAIL.of(claimNew(worker, "a")));
        pass(KEPT);

        assertThat(replay("a")).containsExactly(false);
        assertThat(isKept("a")).isFalse();
    }

    @Test
    default void replayedJobOutlivesItsOldRetention() {
        WorkerSession worker = session();
        settle(worker, Ending.FAIL.of(claimNew(worker, "a")));
        replay("a");
        pass(KEPT);

        assertThat(purge()).isZero();
        assertThat(claimedOrder()).containsExactly("a");
    }

    @Test
    default void settlementBeforeTheReplayIsForgotten() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        settle(worker, Ending.FAIL.of(claim));
        replay("a");

        assertThat(settle(worker, Ending.FAIL.of(claim))).isFalse();
        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
    }

    @Test
    default void replayedJobKeepsItsPriority() {
        WorkerSession worker = session();
        enqueue(job("a").priority(3));
        settle(worker, Ending.FAIL.of(claimOne(worker)));
        enqueue("plain");

        replay("a");

        assertThat(claimedOrder()).containsExactly("a", "plain");
    }

    @Test
    default void scheduledJobIsPromotedToTheEnd() {
        enqueue(job("a").delay(Duration.ofHours(1)), job("b"));
        pass(Duration.ofSeconds(1));

        assertThat(operations().promote(queue(), "a")).isTrue();

        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
        assertThat(find("a").dueAt()).isNull();
        List<Claim> claims = claim(session(), 10);
        assertThat(ids(claims)).containsExactly("b", "a");
        assertThat(claims.get(1).waitingSince()).isEqualTo(clock().instant());
    }

    @Test
    default void onlyAScheduledJobIsPromoted() {
        WorkerSession worker = session();
        settle(worker, Ending.FAIL.of(claimNew(worker, "failed")));
        claimNew(worker, "active");
        enqueue("waiting", "last");

        for (String id : List.of("failed", "active", "waiting", "nobody")) {
            assertThat(operations().promote(queue(), id)).as(id).isFalse();
        }

        assertThat(claimedOrder()).containsExactly("waiting", "last");
        assertThat(operations().promote(queue() + "-never", "a")).isFalse();
    }

    @Test
    default void promotedJobWakes() throws InterruptedException {
        enqueue(job("a").delay(Duration.ofHours(1)));
        store().signals().awaitWork(queue(), Duration.ZERO);

        operations().promote(queue(), "a");

        assertThat(store().signals().awaitWork(queue(), Duration.ofSeconds(10))).isTrue();
    }

    @Test
    default void replayedJobWakes() throws InterruptedException {
        WorkerSession worker = session();
        settle(worker, Ending.FAIL.of(claimNew(worker, "a")));
        store().signals().awaitWork(queue(), Duration.ZERO);

        replay("a");

        assertThat(store().signals().awaitWork(queue(), Duration.ofSeconds(10))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETE", "FAIL", "CANCEL"})
    default void retentionIsCountedFromItsChange(Ending ending) {
        WorkerSession worker = session();
        settle(worker, ending.of(claimNew(worker, "a")));
        StoredJob before = find("a");
        pass(KEPT.minusSeconds(1));

        assertThat(operations().retain(queue(), "a", Duration.ofMinutes(10))).isTrue();

        pass(Duration.ofMinutes(10).minusMillis(1));
        assertThat(purge()).isZero();
        assertThat(find("a")).usingRecursiveComparison().isEqualTo(before);
        pass(Duration.ofMillis(1));
        assertThat(isKept("a")).isFalse();
        assertThat(purge()).isOne();
    }

    @Test
    default void retentionIsShortened() {
        WorkerSession worker = session();
        settle(worker, Ending.COMPLETE.of(claimNew(worker, "a")));

        operations().retain(queue(), "a", Duration.ofSeconds(1));

        pass(Duration.ofSeconds(1));
        assertThat(purge()).isOne();
    }

    @Test
    default void retentionOfZeroRemovesTheJob() {
        WorkerSession worker = session();
        settle(worker, Ending.COMPLETE.of(claimNew(worker, "a")));

        assertThat(operations().retain(queue(), "a", Duration.ZERO)).isTrue();

        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 0, 0, 0, 0, 0, 0));
        assertThat(purge()).isZero();
        assertThat(enqueue("a").get(0).status()).isEqualTo(Status.QUEUED);
    }

    @Test
    default void onlyAnEndedJobHasARetention() {
        WorkerSession worker = session();
        settle(worker, Ending.COMPLETE.of(claimNew(worker, "over")));
        claimNew(worker, "active");
        enqueue(job("waiting"), job("scheduled").delay(Duration.ofHours(9)));
        pass(KEPT);

        for (String id : List.of("over", "active", "waiting", "scheduled", "nobody")) {
            assertThat(operations().retain(queue(), id, Duration.ZERO)).as(id).isFalse();
        }

        assertThat(stateOf("waiting")).isEqualTo(JobState.WAITING);
        assertThat(stateOf("active")).isEqualTo(JobState.ACTIVE);
        assertThat(stateOf("scheduled")).isEqualTo(JobState.SCHEDULED);
        assertThat(operations().retain(queue() + "-never", "a", KEPT)).isFalse();
    }

    private List<Boolean> replay(String... ids) {
        return operations().replay(queue(), List.of(ids));
    }
}
