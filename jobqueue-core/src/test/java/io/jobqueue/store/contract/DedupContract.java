package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Dedup;
import io.jobqueue.JobState;
import io.jobqueue.StallPolicy;
import io.jobqueue.store.Claim;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.ReapRequest;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Only one job under a key in its window; who comes second is told who came first. */
public interface DedupContract extends DedupFixture {

    @ParameterizedTest
    @EnumSource
    default void keyOfAWaitingJobIsHeld(Dedup.Mode mode) {
        assertStored(enqueueOne(job("a").dedup(DedupFixture.key(mode))), "a");

        assertHeld(enqueueOne(job("b").dedup(DedupFixture.key(mode))), "a", JobState.WAITING);

        assertThat(isKept("b")).isFalse();
        assertThat(counts().waiting()).isOne();
        assertThat(claimedOrder()).containsExactly("a");
    }

    @ParameterizedTest
    @EnumSource
    default void holderOfAKeyIsToldAsLongAsItHolds(Dedup.Mode mode) {
        assertThat(holder()).isEmpty();
        enqueue(job("a").dedup(DedupFixture.key(mode)), job("b"));
        assertThat(holder()).contains("a");
        WorkerSession worker = session();

        Claim claim = claimOne(worker);

        assertThat(holder().isPresent()).isEqualTo(mode != Dedup.Mode.DEBOUNCE);
        settle(worker, Ending.COMPLETE.of(claim));
        assertThat(holder().isPresent()).isEqualTo(mode == Dedup.Mode.WINDOW);
    }

    @ParameterizedTest
    @EnumSource
    default void keyOfAScheduledJobIsHeld(Dedup.Mode mode) {
        Duration delay = Duration.ofMinutes(1);
        enqueue(job("a").delay(delay).dedup(DedupFixture.key(mode)));

        assertHeld(enqueueOne(job("b").delay(delay).dedup(DedupFixture.key(mode))), "a", JobState.SCHEDULED);

        assertThat(counts().scheduled()).isOne();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DEBOUNCE")
    default void keyOfAnActiveJobIsHeld(Dedup.Mode mode) {
        enqueue(job("a").dedup(DedupFixture.key(mode)));
        claimOne(session());

        assertHeld(enqueueOne(job("b").dedup(DedupFixture.key(mode))), "a", JobState.ACTIVE);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WINDOW")
    default void keyIsFreeWhenItsJobHasEnded(Dedup.Mode mode) {
        for (Ending ending : List.of(Ending.COMPLETE, Ending.FAIL, Ending.CANCEL)) {
            String id = "a-" + ending;
            WorkerSession worker = session();
            assertStored(enqueueOne(job(id).dedup(DedupFixture.key(mode))), id);

            settle(worker, ending.of(claimOne(worker)));
        }
        assertStored(enqueueOne(job("b").dedup(DedupFixture.key(mode))), "b");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WINDOW")
    default void keyIsFreeWhenItsJobIsTakenAway(Dedup.Mode mode) {
        enqueue(job("cancelled").dedup(DedupFixture.key(mode)));
        jobs().cancel(queue(), "cancelled", KEPT);
        assertStored(enqueueOne(job("unkept").dedup(DedupFixture.key(mode))), "unkept");
        jobs().cancel(queue(), "unkept", Duration.ZERO);
        assertStored(enqueueOne(job("removed").dedup(DedupFixture.key(mode))), "removed");
        operations().remove(queue(), "removed");
        assertStored(enqueueOne(job("drained").dedup(DedupFixture.key(mode))), "drained");
        operations().drain(queue(), 1);
        assertStored(enqueueOne(job("obliterated").dedup(DedupFixture.key(mode))), "obliterated");
        operations().obliterate(queue(), true);

        assertStored(enqueueOne(job("last").dedup(DedupFixture.key(mode))), "last");
    }

    @Test
    default void keyIsNotHeldByALaterJobOfTheSameId() {
        for (Consumer<String> end : List.<Consumer<String>>of(
                id -> jobs().cancel(queue(), id, KEPT),
                id -> jobs().cancel(queue(), id, Duration.ZERO),
                id -> operations().remove(queue(), id),
                id -> operations().drain(queue(), ExchangeRequest.MOST),
                id -> operations().obliterate(queue(), true))) {
            enqueue(job("a").dedup(Dedup.untilTerminal("k")));
            end.accept("a");
            enqueue("a");

            assertStored(enqueueOne(job("b").dedup(Dedup.untilTerminal("k"))), "b");
            operations().drain(queue(), ExchangeRequest.MOST);
        }
    }

    @Test
    default void keyIsFreeWhenItsJobIsReapedForTheLastTime() {
        enqueue(job("a").dedup(Dedup.untilTerminal("k")));
        claimOne(session());
        pass(LEASE);
        jobs().reap(lead(), new ReapRequest(1, StallPolicy.REQUEUE, 1, KEPT, KEPT));

        assertStored(enqueueOne(job("b").dedup(Dedup.untilTerminal("k"))), "b");
    }

    @Test
    default void keyIsFreeWhenItsJobEndsUnkept() {
        WorkerSession worker = session();
        enqueue(job("a").dedup(Dedup.untilTerminal("k")));
        settle(worker, new Settlement.Complete(claimOne(worker).token(), null, Duration.ZERO));

        assertStored(enqueueOne(job("b").dedup(Dedup.untilTerminal("k"))), "b");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DEBOUNCE")
    default void retryKeepsTheKey(Dedup.Mode mode) {
        WorkerSession worker = session();
        enqueue(job("a").dedup(DedupFixture.key(mode)));
        settle(worker, Ending.RETRY.of(claimOne(worker)));

        assertHeld(enqueueOne(job("b").dedup(DedupFixture.key(mode))), "a", JobState.SCHEDULED);
    }

    @Test
    default void replayedJobDoesNotTakeItsKeyAgain() {
        WorkerSession worker = session();
        enqueue(job("a").dedup(Dedup.untilTerminal("k")));
        settle(worker, Ending.FAIL.of(claimOne(worker)));
        operations().replay(queue(), List.of("a"));

        assertStored(enqueueOne(job("b").dedup(Dedup.untilTerminal("k"))), "b");
        settle(worker, Ending.COMPLETE.of(claimOne(worker)));

        assertHeld(enqueueOne(job("c").dedup(Dedup.untilTerminal("k"))), "b", JobState.WAITING);
    }

    @Test
    default void idIsLookedAtBeforeTheKey() {
        enqueue(job("a"), job("holder").dedup(Dedup.untilTerminal("k")));

        assertHeld(enqueueOne(job("a").dedup(Dedup.untilTerminal("k"))), "a", JobState.WAITING);
        assertHeld(enqueueOne(job("holder").dedup(Dedup.untilTerminal("free"))), "holder", JobState.WAITING);

        assertStored(enqueueOne(job("b").dedup(Dedup.untilTerminal("free"))), "b");
    }

    @Test
    default void heldKeyLeavesAFreeIdAsItIs() {
        enqueue(job("a"), job("holder").dedup(Dedup.untilTerminal("k")));
        jobs().cancel(queue(), "a", KEPT);

        assertHeld(enqueueOne(job("a").dedup(Dedup.untilTerminal("k"))), "holder", JobState.WAITING);

        assertThat(stateOf("a")).isEqualTo(JobState.CANCELLED);
        assertThat(counts().cancelled()).isOne();
    }

    @Test
    default void oneOfManyJobsOfACallTakesTheKey() {
        Dedup dedup = Dedup.untilTerminal("k");

        List<EnqueueAnswer> answers =
                enqueue(job("a").dedup(dedup), job("b").dedup(dedup), job("c"), job("d").dedup(dedup));

        assertThat(answers).extracting(EnqueueAnswer::id).containsExactly("a", "a", "c", "a");
        assertThat(claimedOrder()).containsExactly("a", "c");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "{a}:b", "\u0000\n", "ключ-🔑", "a'b\"\\"})
    default void anyTextIsAKey(String key) {
        enqueue(job("a").dedup(Dedup.untilTerminal(key)));

        assertHeld(enqueueOne(job("b").dedup(Dedup.untilTerminal(key))), "a", JobState.WAITING);
        assertStored(enqueueOne(job("c").dedup(Dedup.untilTerminal(key + "."))), "c");
    }

    @Test
    default void longestKeyIsAKey() {
        String key = "k".repeat(Dedup.LONGEST_KEY);
        enqueue(job("a").dedup(Dedup.untilTerminal(key)));

        assertHeld(enqueueOne(job("b").dedup(Dedup.untilTerminal(key))), "a", JobState.WAITING);
    }

    @Test
    default void queuesHaveKeysOfTheirOwn() {
        enqueue(job("a").dedup(Dedup.untilTerminal("k")));

        List<EnqueueAnswer> answers = jobs().enqueue(
                        queue() + "-other",
                        List.of(job("b").dedup(Dedup.untilTerminal("k")).newJob()));

        assertStored(answers.get(0), "b");
    }

    @Test
    default void whoeverComesSecondIsToldOfTheHoldersEnd() throws InterruptedException {
        String address = UUID.randomUUID().toString();
        try (RecordedSignals signals = RecordedSignals.of(store(), address, Set.of())) {
            WorkerSession worker = session();
            enqueue(job("a").dedup(Dedup.untilTerminal("k")));
            enqueue(job("b").dedup(Dedup.untilTerminal("k")).replyTo(address));

            settle(worker, Ending.COMPLETE.of(claimOne(worker)));

            assertThat(signals.nextEnded().jobId()).isEqualTo("a");
        }
    }
}
