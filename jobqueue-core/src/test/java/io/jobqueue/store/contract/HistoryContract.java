package io.jobqueue.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Attempt;
import io.jobqueue.Attempt.End;
import io.jobqueue.JobError;
import io.jobqueue.JobState;
import io.jobqueue.store.Claim;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every charged run of a job, and every run whose worker was lost, can be read after it. */
public interface HistoryContract extends StoreFixture {

    @Test
    default void jobThatHasNotRunHasNoHistory() {
        enqueue("a");

        assertThat(history("a")).isEmpty();
        assertThat(history("never")).isEmpty();
        assertThat(store().ledger().history(queue() + "-never", "a")).isEmpty();
    }

    @Test
    default void runningAttemptIsNotListed() {
        claimNew(session(), "a");

        assertThat(history("a")).isEmpty();
    }

    @Test
    default void jobThatCompletesAtOnceHasOneAttempt() {
        WorkerSession worker = sessionOf("größe-1");
        Instant claimed = clock().instant();
        Claim claim = claimNew(worker, "a");
        pass(Duration.ofMillis(2_345));

        settle(worker, Ending.COMPLETE.of(claim));

        assertThat(history("a"))
                .containsExactly(new Attempt(1, claimed, claimed.plusMillis(2_345), "größe-1", End.COMPLETED, null));
        assertThat(find("a").result()).asString().isEqualTo(Ending.RESULT);
    }

    @Test
    default void jobsOfOneCallHaveTheirOwnStarts() {
        WorkerSession worker = sessionOf("w");
        Instant first = clock().instant();
        Claim one = claimNew(worker, "a");
        pass(Duration.ofSeconds(1));
        Claim other = claimNew(worker, "b");
        pass(Duration.ofSeconds(1));

        exchange(worker, 0, Ending.COMPLETE.of(other), Ending.COMPLETE.of(one));

        assertThat(history("a")).extracting(Attempt::startedAt).containsExactly(first);
        assertThat(history("b")).extracting(Attempt::startedAt).containsExactly(first.plusSeconds(1));
    }

    @Test
    default void everyAttemptKeepsItsTimesWorkerAndError() {
        WorkerSession first = sessionOf("one");
        Instant start = clock().instant();
        Claim claim = claimNew(first, "a");
        pass(Duration.ofSeconds(1));
        JobError other = new JobError("E", null, "");
        settle(first, new Settlement.Retry(claim.token(), Duration.ZERO, Ending.ERROR));
        pass(Duration.ofSeconds(1));
        WorkerSession second = sessionOf("two");
        Claim again = claimOne(second);
        settle(second, new Settlement.Fail(again.token(), other, KEPT));

        assertThat(history("a"))
                .containsExactly(
                        new Attempt(1, start, start.plusSeconds(1), "one", End.FAILED, Ending.ERROR),
                        new Attempt(2, start.plusSeconds(2), start.plusSeconds(2), "two", End.FAILED, other));
    }

    @Test
    default void retriedJobThatCompletesHasBothAttempts() {
        WorkerSession worker = sessionOf("w");
        Claim claim = claimNew(worker, "a");
        settle(worker, new Settlement.Retry(claim.token(), Duration.ZERO, Ending.ERROR));
        assertThat(ends("a")).containsExactly(End.FAILED);

        settle(worker, Ending.COMPLETE.of(claimOne(worker)));

        assertThat(ends("a")).containsExactly(End.FAILED, End.COMPLETED);
        assertThat(history("a")).extracting(Attempt::number).containsExactly(1, 2);
    }

    @ParameterizedTest
    @EnumSource(names = {"RELEASE", "HAND_BACK", "SNOOZE"})
    default void runThatIsGivenBackLeavesNoTrace(Ending ending) {
        WorkerSession worker = session();
        settle(worker, ending.of(claimNew(worker, "a")));

        assertThat(history("a")).isEmpty();
        jobs().cancel(queue(), "a", KEPT);
        assertThat(stateOf("a")).isEqualTo(JobState.CANCELLED);
        assertThat(history("a")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    default void runOfACancelledJobEndsCancelledWhenItIsCharged(Ending ending) {
        WorkerSession worker = sessionOf("w");
        Instant now = clock().instant();
        Claim claim = claimNew(worker, "a");
        jobs().cancel(queue(), "a", KEPT);

        settle(worker, ending.of(claim));

        List<Attempt> expected = switch (ending) {
            case RELEASE, HAND_BACK, SNOOZE -> List.of();
            default -> List.of(new Attempt(1, now, now, "w", End.CANCELLED, null));
        };
        assertThat(history("a")).isEqualTo(expected);
    }

    @Test
    default void crashIsListedWithTheLostWorker() {
        Instant start = clock().instant();
        claimNew(sessionOf("lost"), "a");
        pass(LEASE);
        reap();

        assertThat(history("a")).containsExactly(new Attempt(1, start, start.plus(LEASE), "lost", End.CRASHED, null));
        WorkerSession next = sessionOf("next");
        settle(next, Ending.COMPLETE.of(claimOne(next)));
        assertThat(ends("a")).containsExactly(End.CRASHED, End.COMPLETED);
        assertThat(history("a")).extracting(Attempt::number).containsExactly(1, 1);
        assertThat(history("a")).extracting(Attempt::worker).containsExactly("lost", "next");
    }

    @Test
    default void crashesThatFailTheJobAreAllListed() {
        for (int crash = 1; crash <= MOST_CRASHES; crash++) {
            if (crash == 1) {
                claimNew(sessionOf("w-" + crash), "a");
            } else {
                claimOne(sessionOf("w-" + crash));
            }
            pass(LEASE);
            reap();
        }

        assertThat(stateOf("a")).isEqualTo(JobState.FAILED);
        assertThat(history("a")).extracting(Attempt::worker).containsExactly("w-1", "w-2", "w-3");
        assertThat(ends("a")).containsOnly(End.CRASHED);
    }

    @Test
    default void crashOfAJobThatIsToBeCancelledIsListed() {
        claimNew(sessionOf("lost"), "a");
        jobs().cancel(queue(), "a", KEPT);
        pass(LEASE);
        reap();

        assertThat(stateOf("a")).isEqualTo(JobState.CANCELLED);
        assertThat(ends("a")).containsExactly(End.CRASHED);
    }

    @Test
    default void newestAttemptsAreKept() {
        WorkerSession worker = session();
        enqueue("a");
        for (int i = 1; i <= Attempt.MOST + 5; i++) {
            JobError error = new JobError("E" + i, "m".repeat(i), "s".repeat(100 * i));
            settle(worker, new Settlement.Retry(claimOne(worker).token(), Duration.ZERO, error));
        }
        assertThat(history("a"))
                .extracting(attempt ->
                        attempt.error() == null ? "" : attempt.error().type())
                .isEqualTo(IntStream.rangeClosed(6, Attempt.MOST + 5)
                        .mapToObj(i -> "E" + i)
                        .toList());

        settle(worker, Ending.COMPLETE.of(claimOne(worker)));

        assertThat(history("a")).extracting(Attempt::number).first().isEqualTo(7);
        assertThat(history("a")).hasSize(Attempt.MOST).last().returns(End.COMPLETED, Attempt::end);
    }

    @Test
    default void repeatedSettlementIsListedOnce() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        Settlement retry = Ending.RETRY.of(claim);

        exchange(worker, 0, retry, retry);
        exchange(worker, 0, retry);

        assertThat(history("a")).hasSize(1);
    }

    @Test
    default void refusedSettlementIsNotListed() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        pass(LEASE);
        settle(worker, Ending.RETRY.of(claim));
        settle(session(), Ending.RETRY.of(claim));

        assertThat(history("a")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    default void historyGoesWithTheLifeItBelongsTo(Renewed renewed) {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        settle(worker, new Settlement.Retry(claim.token(), Duration.ZERO, Ending.ERROR));
        settle(worker, Ending.FAIL.of(claimOne(worker)));
        assertThat(history("a")).hasSize(2);

        renewed.happen(this);

        assertThat(history("a")).isEmpty();
    }

    @Test
    default void historyIsGoneWhenTheRetentionIsOver() {
        WorkerSession worker = session();
        settle(worker, Ending.COMPLETE.of(claimNew(worker, "a")));

        pass(KEPT);

        assertThat(history("a")).isEmpty();
    }

    private List<Attempt> history(String id) {
        return store().ledger().history(queue(), id);
    }

    private List<End> ends(String id) {
        return history(id).stream().map(Attempt::end).toList();
    }
}
