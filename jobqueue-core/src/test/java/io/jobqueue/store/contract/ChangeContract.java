package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobState;
import io.jobqueue.store.Claim;
import io.jobqueue.store.JobChange;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Changes jobs that have not started. */
public interface ChangeContract extends StoreFixture {

    Duration LATER = Duration.ofSeconds(30);
    byte[] PAYLOAD = "{\"changed\":true}".getBytes(UTF_8);

    @Test
    default void payloadOfAWaitingJobChangesInPlace() {
        enqueue(job("a").priority(1), job("b").priority(1));

        assertThat(change("a", new JobChange(null, null, PAYLOAD))).isTrue();

        assertThat(find("a").spec().payload()).isEqualTo(PAYLOAD);
        assertThat(find("a").spec().priority()).isOne();
        List<Claim> claims = claim(session(), 2);
        assertThat(ids(claims)).containsExactly("a", "b");
        assertThat(claims.get(0).spec().payload()).isEqualTo(PAYLOAD);
        assertThat(claims.get(0).spec().type()).isEqualTo("greet");
    }

    @Test
    default void payloadOfAScheduledJobChangesInPlace() {
        enqueue(job("a").delay(LATER), job("b").delay(LATER));

        change("a", new JobChange(null, null, PAYLOAD));

        assertThat(find("a").dueAt()).isEqualTo(clock().instant().plus(LATER));
        pass(LATER);
        List<Claim> claims = claim(session(), 2);
        assertThat(ids(claims)).containsExactly("a", "b");
        assertThat(claims.get(0).spec().payload()).isEqualTo(PAYLOAD);
    }

    @Test
    default void payloadMayBecomeEmpty() {
        enqueue("a");

        change("a", new JobChange(null, null, new byte[0]));

        assertThat(find("a").spec().payload()).isEmpty();
    }

    @Test
    default void waitingJobGoesToTheEndOfItsNewPriority() {
        enqueue(job("a"), job("b").priority(5), job("c"), job("d").priority(5));

        assertThat(change("a", new JobChange(5, null, null))).isTrue();

        assertThat(find("a").spec().priority()).isEqualTo(5);
        assertThat(claimedOrder()).containsExactly("b", "d", "a", "c");
    }

    @Test
    default void waitingJobMayReturnToNoPriority() {
        enqueue(job("a").priority(5), job("b"), job("c").priority(5));

        change("a", new JobChange(0, null, null));

        assertThat(claimedOrder()).containsExactly("c", "b", "a");
    }

    @Test
    default void samePriorityMovesToItsEndEachTime() {
        enqueue("a", "b", "c");

        change("a", new JobChange(0, null, null));
        change("b", new JobChange(0, null, null));

        assertThat(claimedOrder()).containsExactly("c", "a", "b");
    }

    @Test
    default void priorityOfAScheduledJobDecidesWhenItIsDue() {
        enqueue(job("a"), job("late").delay(LATER));

        assertThat(change("late", new JobChange(9, null, null))).isTrue();

        assertThat(stateOf("late")).isEqualTo(JobState.SCHEDULED);
        assertThat(find("late").dueAt()).isEqualTo(clock().instant().plus(LATER));
        pass(LATER);
        assertThat(claimedOrder()).containsExactly("late", "a");
    }

    @Test
    default void changedPriorityLeavesTheOrderOfScheduledJobs() {
        enqueue(job("a").delay(LATER), job("b").delay(LATER).priority(1));

        change("a", new JobChange(1, null, null));

        pass(LATER);
        assertThat(claimedOrder()).containsExactly("a", "b");
    }

    @Test
    default void scheduledJobWithoutADelayWaitsAtTheEnd() {
        enqueue(job("late").delay(LATER), job("a"));
        pass(Duration.ofSeconds(1));

        assertThat(change("late", new JobChange(null, Duration.ZERO, null))).isTrue();

        assertThat(stateOf("late")).isEqualTo(JobState.WAITING);
        List<Claim> claims = claim(session(), 2);
        assertThat(ids(claims)).containsExactly("a", "late");
        assertThat(claims.get(1).waitingSince()).isEqualTo(clock().instant());
    }

    @Test
    default void waitingJobWithoutADelayGoesToTheEnd() {
        enqueue("a", "b");

        change("a", new JobChange(null, Duration.ZERO, null));

        assertThat(claimedOrder()).containsExactly("b", "a");
    }

    @Test
    default void delayOfAScheduledJobIsCountedFromItsChange() {
        enqueue(job("a").delay(LATER));
        pass(Duration.ofSeconds(20));

        assertThat(change("a", new JobChange(null, LATER, null))).isTrue();

        assertThat(find("a").dueAt()).isEqualTo(clock().instant().plus(LATER));
        pass(LATER.minusMillis(1));
        assertThat(claimedOrder()).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(claimedOrder()).containsExactly("a");
    }

    @Test
    default void waitingJobIsPutOff() {
        enqueue("a", "b");

        assertThat(change("a", new JobChange(null, LATER, null))).isTrue();

        assertThat(stateOf("a")).isEqualTo(JobState.SCHEDULED);
        assertThat(claimedOrder()).containsExactly("b");
        pass(LATER);
        assertThat(claimedOrder()).containsExactly("a");
    }

    @Test
    default void delayedJobGoesBehindThoseOfItsTime() {
        enqueue(job("a").delay(LATER), job("b").delay(LATER));

        change("a", new JobChange(null, LATER, null));

        pass(LATER);
        assertThat(claimedOrder()).containsExactly("b", "a");
    }

    @Test
    default void everythingChangesAtOnce() {
        enqueue(job("late").delay(LATER), job("a"));

        change("late", new JobChange(3, Duration.ZERO, PAYLOAD));

        Claim claim = claimOne(session());
        assertThat(claim.token().jobId()).isEqualTo("late");
        assertThat(claim.spec().payload()).isEqualTo(PAYLOAD);
        assertThat(claim.spec().priority()).isEqualTo(3);
    }

    @Test
    default void releasedJobIsChanged() {
        WorkerSession worker = session();
        enqueue("a", "b");
        settle(worker, Ending.RELEASE.of(claimOne(worker)));

        change("a", new JobChange(-1, null, PAYLOAD));

        List<Claim> claims = claim(worker, 3);
        assertThat(ids(claims)).containsExactly("b", "a");
        assertThat(claims.get(1).spec().payload()).isEqualTo(PAYLOAD);
    }

    @Test
    default void jobThatWaitsForItsRetryIsChanged() {
        WorkerSession worker = session();
        settle(worker, Ending.RETRY.of(claimNew(worker, "a")));

        change("a", new JobChange(null, Duration.ZERO, PAYLOAD));

        Claim claim = claimOne(worker);
        assertThat(claim.attempt()).isEqualTo(2);
        assertThat(claim.spec().payload()).isEqualTo(PAYLOAD);
    }

    @Test
    default void changedJobReturnsToItsNewPlaceWhenReleased() {
        WorkerSession worker = session();
        enqueue(job("a"), job("b").priority(2));
        change("a", new JobChange(2, null, null));
        List<Claim> claims = claim(worker, 2);
        enqueue(job("c").priority(2));

        exchange(worker, 0, Ending.RELEASE.of(claims.get(1)), Ending.RELEASE.of(claims.get(0)));

        assertThat(claimedOrder()).containsExactly("b", "a", "c");
    }

    @Test
    default void changeOfNothingChangesNothing() {
        enqueue("a", "b");
        StoredJob before = find("a");

        assertThat(change("a", new JobChange(null, null, null))).isTrue();

        assertThat(find("a")).usingRecursiveComparison().isEqualTo(before);
        assertThat(claimedOrder()).containsExactly("a", "b");
    }

    @Test
    default void onlyAJobThatHasNotStartedIsChanged() {
        WorkerSession worker = session();
        settle(worker, Ending.FAIL.of(claimNew(worker, "failed")));
        settle(worker, Ending.COMPLETE.of(claimNew(worker, "completed")));
        claimNew(worker, "active");

        for (String id : List.of("failed", "completed", "active", "nobody")) {
            assertThat(change(id, new JobChange(1, Duration.ZERO, PAYLOAD)))
                    .as(id)
                    .isFalse();
        }

        assertThat(find("active").spec().priority()).isZero();
        assertThat(stateOf("failed")).isEqualTo(JobState.FAILED);
        assertThat(claimedOrder()).isEmpty();
        assertThat(operations().change(queue() + "-never", "a", new JobChange(1, null, null)))
                .isFalse();
    }

    @Test
    default void jobMadeDueWakes() throws InterruptedException {
        enqueue(job("a").delay(LATER));
        store().signals().awaitWork(queue(), Duration.ZERO);

        change("a", new JobChange(null, Duration.ZERO, null));

        assertThat(store().signals().awaitWork(queue(), Duration.ofSeconds(10))).isTrue();
    }

    private boolean change(String id, JobChange change) {
        return operations().change(queue(), id, change);
    }
}
