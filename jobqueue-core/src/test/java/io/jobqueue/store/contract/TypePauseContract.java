package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Cancellation;
import io.jobqueue.JobState;
import io.jobqueue.Removal;
import io.jobqueue.store.Claim;
import io.jobqueue.store.JobChange;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jobs of a paused type hold nobody else up and return to their old places. */
public interface TypePauseContract extends StoreFixture {

    String HELD = "held";

    private JobDraft held(String id) {
        return job(id).type(HELD);
    }

    private void pauseType() {
        operations().pause(queue(), HELD);
    }

    private void resumeType() {
        operations().resume(queue(), HELD);
    }

    @Test
    default void jobOfAPausedTypeHoldsUpNobody() {
        enqueue(held("a"), job("b"), held("c").priority(9), job("d"));
        pauseType();
        enqueue(held("e"), job("f"));

        assertThat(claimedOrder()).containsExactly("b", "d", "f");
        assertThat(counts().waiting()).isEqualTo(3);
        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
        assertThat(stateOf("c")).isEqualTo(JobState.WAITING);
        assertThat(store().ledger().states(queue(), List.of("a")).get(0)).contains(JobState.WAITING);
    }

    @Test
    default void resumedJobsReturnToTheirOldPlaces() {
        enqueue(
                held("held-1"),
                job("free-1"),
                held("held-high").priority(2),
                job("free-2"),
                held("held-2"),
                job("free-high").priority(2),
                held("held-front").atFront());
        pauseType();
        WorkerSession worker = session();
        List<Claim> claims = claim(worker, 10);
        assertThat(ids(claims)).containsExactly("free-high", "free-1", "free-2");
        exchange(worker, 0, claims.stream().map(Ending.RELEASE::of).toArray(Settlement[]::new));
        enqueue(job("last"));

        resumeType();

        assertThat(claimedOrder())
                .containsExactly(
                        "held-high", "free-high", "held-front", "held-1", "free-1", "free-2", "held-2", "last");
    }

    @Test
    default void onlyTheResumedTypeReturns() {
        enqueue(held("a"), job("b").type("other"), held("c"));
        pauseType();
        operations().pause(queue(), "other");
        assertThat(claimedOrder()).isEmpty();

        resumeType();

        assertThat(claimedOrder()).containsExactly("a", "c");
        assertThat(stateOf("b")).isEqualTo(JobState.WAITING);
    }

    @Test
    default void typeResumedBeforeAnybodyClaimedIsAsItWas() {
        enqueue(held("a"), job("b"), held("c"));
        pauseType();

        resumeType();

        assertThat(claimedOrder()).containsExactly("a", "b", "c");
    }

    @Test
    default void typePausedAgainIsPassedOverAgain() {
        enqueue(held("a"), job("b"));
        pauseType();
        assertThat(claimedOrder()).containsExactly("b");
        resumeType();
        pauseType();

        assertThat(claimedOrder()).isEmpty();
        resumeType();
        assertThat(claimedOrder()).containsExactly("a");
        assertThat(claimedOrder()).isEmpty();
    }

    @Test
    default void resumeOfATypeWakes() throws InterruptedException {
        enqueue(held("a"));
        pauseType();
        assertThat(claimedOrder()).isEmpty();
        store().signals().awaitWork(queue(), Duration.ZERO);

        resumeType();

        assertThat(store().signals().awaitWork(queue(), Duration.ofSeconds(10))).isTrue();
    }

    @Test
    default void runningJobOfAPausedTypeGoesOn() {
        WorkerSession worker = session();
        enqueue(held("a"), held("b"));
        Claim first = claimOne(worker);
        Claim second = claimOne(worker);
        pauseType();

        assertThat(settle(worker, Ending.COMPLETE.of(first))).isTrue();
        assertThat(settle(worker, Ending.RELEASE.of(second))).isTrue();

        assertThat(claimedOrder()).isEmpty();
        resumeType();
        assertThat(claimedOrder()).containsExactly("b");
    }

    @Test
    default void scheduledJobOfAPausedTypeIsPromotedAndHeld() {
        enqueue(held("a").delay(Duration.ofSeconds(1)), job("b").delay(Duration.ofSeconds(2)));
        pauseType();
        pass(Duration.ofSeconds(2));

        assertThat(claimedOrder()).containsExactly("b");
        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
        resumeType();
        assertThat(claimedOrder()).containsExactly("a");
    }

    @Test
    default void heldJobIsCancelled() {
        holdAside("a", "b");

        assertThat(jobs().cancel(queue(), "a", KEPT)).isEqualTo(Cancellation.CANCELLED);

        assertThat(counts().waiting()).isOne();
        assertThat(counts().cancelled()).isOne();
        resumeType();
        assertThat(claimedOrder()).containsExactly("b");
    }

    @Test
    default void heldJobIsRemoved() {
        holdAside("a", "b");

        assertThat(operations().remove(queue(), "a")).isEqualTo(Removal.REMOVED);

        assertThat(counts().waiting()).isOne();
        enqueue(held("a"));
        resumeType();
        assertThat(claimedOrder()).containsExactly("b", "a");
    }

    @Test
    default void heldJobIsChanged() {
        holdAside("a", "b", "c");

        operations().change(queue(), "a", new JobChange(null, Duration.ofSeconds(5), null));
        operations().change(queue(), "b", new JobChange(null, null, "2".getBytes(UTF_8)));
        operations().change(queue(), "c", new JobChange(7, null, null));

        assertThat(counts().waiting()).isEqualTo(2);
        assertThat(counts().scheduled()).isOne();
        assertThat(claimedOrder()).isEmpty();
        resumeType();
        List<Claim> claims = claim(session(), 10);
        assertThat(ids(claims)).containsExactly("c", "b");
        assertThat(claims.get(1).spec().payload()).isEqualTo("2".getBytes(UTF_8));
        pass(Duration.ofSeconds(5));
        assertThat(claimedOrder()).containsExactly("a");
    }

    @Test
    default void heldJobsAreDrained() {
        enqueue(job("late").delay(Duration.ofHours(1)));
        holdAside("a", "b");

        assertThat(operations().drain(queue(), 1)).isOne();
        assertThat(counts().waiting()).isOne();
        assertThat(operations().drain(queue(), 100)).isEqualTo(2);

        assertThat(counts().waiting()).isZero();
        assertThat(counts().scheduled()).isZero();
        resumeType();
        assertThat(claimedOrder()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    default void jobBehindManyHeldOnesIsClaimed(Loaded loaded) {
        if (loaded == Loaded.AFTER_THE_PAUSE) {
            pauseType();
        }
        int many = 3000;
        List<String> ids = new ArrayList<>();
        for (int from = 0; from < many; from += 100) {
            String[] some =
                    IntStream.range(from, from + 100).mapToObj(i -> "held-" + i).toArray(String[]::new);
            ids.addAll(List.of(some));
            enqueue(List.of(some).stream().map(this::held).toArray(JobDraft[]::new));
        }
        pauseType();
        enqueue("free");

        List<String> claimed = new ArrayList<>();
        for (int call = 0; claimed.isEmpty() && call < many; call++) {
            claimed.addAll(claimedOrder());
        }

        assertThat(claimed).containsExactly("free");
        assertThat(counts().waiting()).isEqualTo(many);
        enqueue("next");
        assertThat(claimedOrder()).as("the way is clear now").containsExactly("next");
        resumeType();
        List<String> resumed = new ArrayList<>();
        for (int call = 0; resumed.size() < many && call < many; call++) {
            resumed.addAll(claimedOrder());
        }
        assertThat(resumed).isEqualTo(ids);
    }

    /** When the jobs were enqueued that a pause holds up. */
    enum Loaded {
        BEFORE_THE_PAUSE,
        AFTER_THE_PAUSE
    }

    /** Enqueues jobs of a paused type and lets a worker pass them over. */
    private void holdAside(String... ids) {
        pauseType();
        enqueue(List.of(ids).stream().map(this::held).toArray(JobDraft[]::new));
        assertThat(claimedOrder()).isEmpty();
    }
}
