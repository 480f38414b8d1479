package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobState;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A paused worker claims nothing more; others are not held up, and all else goes on. */
public interface WorkerPauseContract extends StoreFixture {

    @Test
    default void pausedWorkerClaimsNothingUntilItIsResumed() {
        WorkerSession worker = sessionOf("w");
        enqueue("a", "b");
        workers().pause(queue(), "w");

        ExchangeAnswer answer = exchange(worker, 5);

        assertThat(answer.claims()).isEmpty();
        assertThat(answer.paused()).isTrue();
        assertThat(answer.sessionLost()).isFalse();
        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
        workers().resume(queue(), "w");
        assertThat(ids(claim(worker, 5))).containsExactly("a", "b");
        assertThat(exchange(worker, 5).paused()).isFalse();
    }

    @Test
    default void otherWorkersAreNotHeldUp() {
        enqueue("a");
        workers().pause(queue(), "w");

        ExchangeAnswer answer = exchange(sessionOf("other"), 5);

        assertThat(ids(answer.claims())).containsExactly("a");
        assertThat(answer.paused()).isFalse();
    }

    @Test
    default void pauseHoldsForEverySessionOfTheName() {
        enqueue("a");
        workers().pause(queue(), "w");

        assertThat(claim(sessionOf("w"), 1)).isEmpty();
        assertThat(claim(sessionOf("w"), 1)).isEmpty();
    }

    @Test
    default void pauseOfAWorkerBelongsToOneQueue() {
        workers().pause(queue() + "-other", "w");
        enqueue("a");

        assertThat(ids(claim(sessionOf("w"), 1))).containsExactly("a");
        assertThat(workers().paused(queue())).isEmpty();
    }

    @Test
    default void pausedWorkerSettlesAndRenews() {
        WorkerSession worker = sessionOf("w");
        Claim first = claimNew(worker, "a");
        Claim second = claimNew(worker, "b");
        workers().pause(queue(), "w");

        ExchangeAnswer answer = exchange(worker, 5, Ending.COMPLETE.of(first), Ending.RELEASE.of(second));

        assertThat(answer.settled()).containsExactly(true, true);
        assertThat(answer.claims()).isEmpty();
        assertThat(jobs().renew(worker).alive()).isTrue();
        assertThat(stateOf("a")).isEqualTo(JobState.COMPLETED);
        assertThat(stateOf("b")).isEqualTo(JobState.WAITING);
    }

    @Test
    default void pausedWorkersAreKnownApartFromTypes() {
        workers().pause(queue(), "one");
        workers().pause(queue(), "two");
        operations().pause(queue(), "type");

        assertThat(workers().paused(queue())).isEqualTo(Set.of("one", "two"));
        assertThat(operations().pausedTypes(queue())).isEqualTo(Set.of("type"));
        assertThat(operations().isPaused(queue())).isFalse();
        workers().resume(queue(), "one");
        assertThat(workers().paused(queue())).isEqualTo(Set.of("two"));
        assertThat(workers().paused(queue() + "-never")).isEmpty();
    }

    @Test
    default void workerAndTypeOfOneNameArePausedApart() {
        enqueue(job("a").type("same"), job("b").type("other"));
        workers().pause(queue(), "same");
        operations().resume(queue(), "same");
        assertThat(claim(sessionOf("same"), 5)).isEmpty();

        workers().resume(queue(), "same");
        operations().pause(queue(), "same");

        assertThat(ids(claim(sessionOf("same"), 5))).containsExactly("b");
    }

    @Test
    default void pauseAndResumeOfAWorkerMayBeRepeated() {
        workers().resume(queue(), "w");
        workers().pause(queue(), "w");
        workers().pause(queue(), "w");
        enqueue("a");

        workers().resume(queue(), "w");
        workers().resume(queue(), "w");

        assertThat(ids(claim(sessionOf("w"), 1))).containsExactly("a");
    }

    @ParameterizedTest
    @EnumSource
    default void anyNameServesAsAWorker(HostileName name) {
        enqueue("a");
        workers().pause(queue(), name.text());

        assertThat(workers().paused(queue())).containsExactly(name.text());
        workers().resume(queue(), name.text());
        assertThat(workers().paused(queue())).isEmpty();
    }

    @Test
    default void pausedWorkerPassesItsHintOn() throws InterruptedException {
        WorkerSession worker = sessionOf("w");
        workers().pause(queue(), "w");
        enqueue("a");
        assertThat(isWoken(Duration.ofSeconds(10))).isTrue();

        exchange(worker, 1);

        assertThat(isWoken(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    default void pausedWorkerWakesNobodyForAPausedQueue() throws InterruptedException {
        enqueue("a");
        operations().pause(queue(), null);
        workers().pause(queue(), "w");
        isWoken(Duration.ZERO);

        exchange(sessionOf("w"), 1);

        assertThat(isWoken(Duration.ZERO)).isFalse();
    }

    @Test
    default void obliteratedQueueHasNoPausedWorkers() {
        workers().pause(queue(), "w");

        operations().obliterate(queue(), true);

        assertThat(workers().paused(queue())).isEmpty();
    }

    private boolean isWoken(Duration atMost) throws InterruptedException {
        return store().signals().awaitWork(queue(), atMost);
    }
}
