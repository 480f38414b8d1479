package io.jobqueue.engine;

import io.jobqueue.JobId;
import io.jobqueue.JobState;
import io.jobqueue.store.JobOutcome;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The callers of this engine that wait for jobs, and the address at which the store tells it of their ends. What this
 * engine has settled itself need not come back by the store. Thread-safe.
 */
final class OwnReplies {

    private final String address = Nonce.next();
    private final Waiters waiters = new Waiters();
    private volatile Consumer<JobId> reader = id -> {};

    String address() {
        return address;
    }

    Waiters waiters() {
        return waiters;
    }

    /** Returns the address when anybody waits, else null. */
    @Nullable
    String addressInUse() {
        return waiters.isEmpty() ? null : address;
    }

    /** Sets what reads a job from the store and tells whoever waits for it. */
    void readBy(Consumer<JobId> reader) {
        this.reader = reader;
    }

    /** Lets a job be read from the store that may have ended without a word; nothing when nobody waits for it. */
    void lookUp(JobId id) {
        if (!waiters.of(id).isEmpty()) {
            reader.accept(id);
        }
    }

    /** Tells whoever waits for a job that it has completed. */
    void completed(JobId id, byte @Nullable [] result) {
        boolean empty = result == null || result.length == 0;
        waiters.complete(id, new JobOutcome(JobState.COMPLETED, empty ? null : result, null));
    }
}
