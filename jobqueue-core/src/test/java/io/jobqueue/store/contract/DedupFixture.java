package io.jobqueue.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Dedup;
import io.jobqueue.Enqueued.Status;
import io.jobqueue.JobState;
import io.jobqueue.store.EnqueueAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A key in every mode, and what an enqueue under it answers. */
public interface DedupFixture extends StoreFixture {

    Duration OPEN = Duration.ofMinutes(5);

    /** Returns the key {@code k} in a mode, for {@link #OPEN} where the mode has a time. */
    static Dedup key(Dedup.Mode mode) {
        boolean timed = mode == Dedup.Mode.WINDOW || mode == Dedup.Mode.UNTIL_TERMINAL_OR_TTL;
        return new Dedup("k", mode, timed ? OPEN : null);
    }

    default EnqueueAnswer enqueueOne(JobDraft draft) {
        return enqueue(draft).get(0);
    }

    /** Returns the holder of the key {@code k}. */
    default Optional<String> holder() {
        List<Optional<String>> holders = store().ledger().holders(queue(), List.of("other", "k", "K"));
        assertThat(holders).hasSize(3);
        assertThat(holders.get(0)).isEmpty();
        assertThat(holders.get(2)).isEmpty();
        return holders.get(1);
    }

    default void assertHeld(EnqueueAnswer answer, String holder, JobState state) {
        assertThat(answer).isEqualTo(new EnqueueAnswer(holder, Status.DUPLICATE, state, null));
    }

    default void assertStored(EnqueueAnswer answer, String id) {
        assertThat(answer).isEqualTo(new EnqueueAnswer(id, Status.QUEUED, JobState.WAITING, null));
    }
}
