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

/** A paused queue gives no job away; all else goes on. */
public interface PauseContract extends StoreFixture {

    @Test
    default void pausedQueueGivesNoJobAway() {
        enqueue("a");
        operations().pause(queue(), null);
        enqueue("b");

        assertThat(claimedOrder()).isEmpty();
        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
        assertThat(counts().waiting()).isEqualTo(2);

        operations().resume(queue(), null);
        assertThat(claimedOrder()).containsExactly("a", "b");
    }

    @Test
    default void pauseIsKnown() {
        assertThat(operations().isPaused(queue())).isFalse();
        assertThat(operations().pausedTypes(queue())).isEmpty();

        operations().pause(queue(), null);
        operations().pause(queue(), "held");
        operations().pause(queue(), "other");

        assertThat(operations().isPaused(queue())).isTrue();
        assertThat(operations().pausedTypes(queue())).isEqualTo(Set.of("held", "other"));
        operations().resume(queue(), null);
        assertThat(operations().isPaused(queue())).isFalse();
        operations().resume(queue(), "other");
        assertThat(operations().pausedTypes(queue())).isEqualTo(Set.of("held"));
        assertThat(operations().isPaused(queue() + "-never")).isFalse();
    }

    @Test
    default void pauseAndResumeMayBeRepeated() {
        operations().resume(queue(), null);
        operations().resume(queue(), "held");
        operations().pause(queue(), null);
        operations().pause(queue(), null);
        operations().pause(queue(), "held");
        operations().pause(queue(), "held");
        enqueue(job("a").type("held"), job("b"));

        operations().resume(queue(), null);
        operations().resume(queue(), "held");
        operations().resume(queue(), "held");

        assertThat(claimedOrder()).containsExactly("a", "b");
    }

    @Test
    default void pausedQueueSettlesWhatRuns() {
        WorkerSession worker = session();
        enqueue("a", "b");
        Claim first = claimOne(worker);
        Claim second = claimOne(worker);
        operations().pause(queue(), null);

        ExchangeAnswer answer = exchange(worker, 5, Ending.COMPLETE.of(first), Ending.RELEASE.of(second));

        assertThat(answer.settled()).containsExactly(true, true);
        assertThat(answer.claims()).isEmpty();
        assertThat(stateOf("a")).isEqualTo(JobState.COMPLETED);
        assertThat(stateOf("b")).isEqualTo(JobState.WAITING);
        assertThat(jobs().renew(worker).alive()).isTrue();
    }

    @Test
    default void pausedQueuePromotes() {
        enqueue(job("a").delay(Duration.ofSeconds(1)), job("b").delay(Duration.ofSeconds(5)));
        operations().pause(queue(), null);
        pass(Duration.ofSeconds(1));

        ExchangeAnswer answer = exchange(session(), 1);

        assertThat(answer.nextDue()).isEqualTo(Duration.ofSeconds(4));
        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
        pass(Duration.ofSeconds(4));
        assertThat(promote().promoted()).isOne();
        assertThat(stateOf("b")).isEqualTo(JobState.WAITING);
    }

    @Test
    default void exchangeWithAPausedQueueWakesNobody() throws InterruptedException {
        WorkerSession worker = session();
        enqueue("a", "b");
        Claim claim = claimOne(worker);
        operations().pause(queue(), null);
        isWoken(Duration.ZERO);

        exchange(worker, 1, Ending.RELEASE.of(claim));

        assertThat(isWoken(Duration.ZERO)).isFalse();
    }

    @Test
    default void retryInAPausedQueueWakesNobody() throws InterruptedException {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        operations().pause(queue(), null);
        isWoken(Duration.ZERO);

        exchange(worker, 1, Ending.RETRY.of(claim));

        assertThat(isWoken(Duration.ZERO)).isFalse();
    }

    @Test
    default void dueTimeSetDuringAPauseIsKnownAfterIt() throws InterruptedException {
        operations().pause(queue(), null);
        enqueue(job("a").delay(Duration.ofSeconds(5)));

        operations().resume(queue(), null);

        assertThat(isWoken(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    default void resumeOfTheQueueWakes() throws InterruptedException {
        operations().pause(queue(), null);
        enqueue("a");
        isWoken(Duration.ZERO);

        operations().resume(queue(), null);

        assertThat(isWoken(Duration.ofSeconds(10))).isTrue();
    }

    private boolean isWoken(Duration atMost) throws InterruptedException {
        return store().signals().awaitWork(queue(), atMost);
    }
}
