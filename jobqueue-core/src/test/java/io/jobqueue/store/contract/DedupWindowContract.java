package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Dedup;
import io.jobqueue.Enqueued.Status;
import io.jobqueue.JobState;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A key may be held for a time, also beyond its job, and not beyond its time. */
public interface DedupWindowContract extends DedupFixture {

    @Test
    default void windowAnswersTheResultOfACompletedJob() {
        WorkerSession worker = session();
        enqueue(job("a").dedup(Dedup.window("k", OPEN)));
        settle(worker, Ending.COMPLETE.of(claimOne(worker)));

        EnqueueAnswer answer = enqueueOne(job("b").dedup(Dedup.window("k", OPEN)));

        assertThat(answer.id()).isEqualTo("a");
        assertThat(answer.status()).isEqualTo(Status.COMPLETED);
        assertThat(answer.state()).isEqualTo(JobState.COMPLETED);
        assertThat(answer.result()).isEqualTo(Ending.RESULT.getBytes(UTF_8));
    }

    @ParameterizedTest
    @EnumSource(names = {"FAIL", "CANCEL"})
    default void windowOutlivesAJobWithoutSuccess(Ending ending) {
        WorkerSession worker = session();
        enqueue(job("a").dedup(Dedup.window("k", OPEN)));
        settle(worker, ending.of(claimOne(worker)));

        EnqueueAnswer answer = enqueueOne(job("b").dedup(Dedup.window("k", OPEN)));

        assertHeld(answer, "a", ending == Ending.FAIL ? JobState.FAILED : JobState.CANCELLED);
    }

    @Test
    default void windowOfACancelledJobIsHeldAgainstItsOwnId() {
        enqueue(job("a").dedup(Dedup.window("k", OPEN)));
        jobs().cancel(queue(), "a", KEPT);

        assertHeld(enqueueOne(job("a").dedup(Dedup.window("k", OPEN))), "a", JobState.CANCELLED);

        assertThat(claimedOrder()).isEmpty();
    }

    @Test
    default void windowOutlivesAJobThatIsNotKept() {
        enqueue(job("removed").dedup(Dedup.window("k", OPEN)));
        operations().remove(queue(), "removed");
        enqueue(job("expired").dedup(Dedup.window("e", KEPT.plus(OPEN))));
        jobs().cancel(queue(), "expired", Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));

        EnqueueAnswer first = enqueueOne(job("b").dedup(Dedup.window("k", OPEN)));
        EnqueueAnswer second = enqueueOne(job("b").dedup(Dedup.window("e", OPEN)));

        assertThat(first).isEqualTo(new EnqueueAnswer("removed", Status.DUPLICATE, null, null));
        assertThat(second).isEqualTo(new EnqueueAnswer("expired", Status.DUPLICATE, null, null));
        purge();
        assertThat(enqueueOne(job("b").dedup(Dedup.window("e", OPEN)))).isEqualTo(second);
    }

    @Test
    default void queueIsNotEmptyWhileAWindowIsHeld() {
        enqueue(job("a").dedup(Dedup.window("k", OPEN)));

        operations().remove(queue(), "a");

        assertThat(holder()).contains("a");
        assertThat(store().ledger().isEmpty(queue())).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    default void queueIsEmptyWhenItsJobAndTheKeyOfItAreGone(Dedup.Mode mode) {
        WorkerSession worker = session();
        enqueue(job("a").dedup(DedupFixture.key(mode)));
        settle(worker, Ending.COMPLETE.of(claimOne(worker)));
        operations().remove(queue(), "a");
        pass(OPEN);

        purge();

        assertThat(store().ledger().isEmpty(queue())).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"WINDOW", "UNTIL_TERMINAL_OR_TTL"})
    default void keyIsFreeWhenItsTimeIsOver(Dedup.Mode mode) {
        enqueue(job("a").dedup(DedupFixture.key(mode)));
        pass(OPEN.minusMillis(1));
        assertHeld(enqueueOne(job("b").dedup(DedupFixture.key(mode))), "a", JobState.WAITING);
        assertThat(holder()).contains("a");
        pass(Duration.ofMillis(1));
        assertThat(holder()).isEmpty();

        assertStored(enqueueOne(job("b").dedup(DedupFixture.key(mode))), "b");

        assertHeld(enqueueOne(job("c").dedup(DedupFixture.key(mode))), "b", JobState.WAITING);
    }

    @Test
    default void keyWithoutATimeIsHeldForAsLongAsItTakes() {
        enqueue(job("a").dedup(Dedup.untilTerminal("k")));
        pass(Duration.ofDays(90));
        purge();

        assertHeld(enqueueOne(job("b").dedup(Dedup.untilTerminal("k"))), "a", JobState.WAITING);
    }

    @Test
    default void endOfAJobLeavesTheKeyThatPassedToAnother() {
        WorkerSession worker = session();
        Dedup dedup = Dedup.untilTerminalOr("k", LEASE.dividedBy(2));
        enqueue(job("a").dedup(dedup));
        pass(LEASE.dividedBy(2));
        enqueue(job("b").dedup(dedup));

        settle(worker, Ending.COMPLETE.of(claimOne(worker)));

        assertThat(stateOf("a")).isEqualTo(JobState.COMPLETED);
        assertHeld(enqueueOne(job("c").dedup(dedup)), "b", JobState.WAITING);
    }

    @Test
    default void purgeForgetsWindowsThatAreOverAndNoOthers() {
        enqueue(
                job("a").dedup(Dedup.window("over", Duration.ofSeconds(1))),
                job("b").dedup(Dedup.window("open", Duration.ofSeconds(2))));
        pass(Duration.ofSeconds(1));

        assertThat(purge()).isZero();

        pass(Duration.ofMillis(-1)); // a window that were only over would be open again
        assertStored(enqueueOne(job("c").dedup(Dedup.window("over", OPEN))), "c");
        assertHeld(enqueueOne(job("d").dedup(Dedup.window("open", OPEN))), "b", JobState.WAITING);
    }

    @ParameterizedTest
    @EnumSource(names = {"WINDOW", "UNTIL_TERMINAL_OR_TTL"})
    default void purgeSaysThatThereMayBeMoreKeysWhoseTimeIsOver(Dedup.Mode mode) {
        int all = ExchangeRequest.MOST + 1;
        for (int i = 0; i < all; i++) {
            enqueue(job("job-" + i).dedup(new Dedup("k-" + i, mode, OPEN)));
        }
        pass(OPEN);

        assertThat(purge()).isEqualTo(ExchangeRequest.MOST);
        assertThat(purge()).isZero();

        pass(Duration.ofMillis(-1)); // keys that were only over would be held again
        for (int i = 0; i < all; i++) {
            assertStored(enqueueOne(job("new-" + i).dedup(new Dedup("k-" + i, mode, OPEN))), "new-" + i);
        }
    }

    @Test
    default void windowTakenAnewOutlivesThePurgeOfTheEarlierOne() {
        enqueue(job("a").dedup(Dedup.window("k", Duration.ofSeconds(1))));
        pass(Duration.ofSeconds(1));
        enqueue(job("b").dedup(Dedup.window("k", OPEN)));

        purge();

        assertHeld(enqueueOne(job("c").dedup(Dedup.window("k", OPEN))), "b", JobState.WAITING);
    }
}
