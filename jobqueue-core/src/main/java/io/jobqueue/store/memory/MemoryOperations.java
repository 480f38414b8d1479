package io.jobqueue.store.memory;

import io.jobqueue.JobState;
import io.jobqueue.Removal;
import io.jobqueue.store.JobChange;
import io.jobqueue.store.JobOperations;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an operator does to jobs in memory: each method is one step under the lock of one queue. */
final class MemoryOperations implements JobOperations {

    private final MemoryQueues queues;

    MemoryOperations(MemoryQueues queues) {
        this.queues = queues;
    }

    @Override
    public Removal remove(String queue, String jobId) {
        return in(queue, Removal.NOT_FOUND, (found, now) -> new Erasure(found, now).remove(jobId));
    }

    @Override
    public List<Boolean> replay(String queue, List<String> jobIds) {
        return in(
                queue,
                Collections.nCopies(jobIds.size(), false),
                (found, now) -> jobIds.stream()
                        .map(id -> new Amendment(found, id, now).replay())
                        .toList());
    }

    @Override
    public boolean promote(String queue, String jobId) {
        return in(queue, false, (found, now) -> new Amendment(found, jobId, now).promote());
    }

    @Override
    public boolean change(String queue, String jobId, JobChange change) {
        return in(queue, false, (found, now) -> new Amendment(found, jobId, now).change(change));
    }

    @Override
    public boolean retain(String queue, String jobId, Duration retention) {
        return in(queue, false, (found, now) -> new Amendment(found, jobId, now).retain(retention));
    }

    @Override
    public void pause(String queue, @Nullable String type) {
        MemoryQueue paused = queues.get(queue);
        paused.locked(now -> paused.jobs().waiting().pause(type));
    }

    @Override
    public void resume(String queue, @Nullable String type) {
        boolean resumed =
                in(queue, false, (found, now) -> found.jobs().waiting().resume(type));
        if (resumed) {
            queues.get(queue).wakeUp().offer();
        }
    }

    @Override
    public boolean isPaused(String queue) {
        return in(queue, false, (found, now) -> found.jobs().waiting().isPaused());
    }

    @Override
    public Set<String> pausedTypes(String queue) {
        return in(queue, Set.of(), (found, now) -> found.jobs().waiting().pausedTypes());
    }

    @Override
    public int drain(String queue, int limit) {
        return in(queue, 0, (found, now) -> new Erasure(found, now).drain(limit));
    }

    @Override
    public int clean(String queue, JobState state, Duration olderThan, int limit) {
        return in(queue, 0, (found, now) -> new Erasure(found, now).clean(state, olderThan, limit));
    }

    @Override
    public boolean obliterate(String queue, boolean force) {
        return queues.find(queue).map(found -> found.obliterate(force)).orElse(true);
    }

    /** Takes a step in the queue; answers {@code absent} when it was never touched. */
    private <T> T in(String queue, T absent, Step<T> step) {
        Optional<MemoryQueue> known = queues.find(queue);
        if (known.isEmpty()) {
            return absent;
        }
        MemoryQueue found = known.get();
        return found.locked(now -> step.take(found, now));
    }

    /** One step under the queue's lock. */
    private interface Step<T> {
        T take(MemoryQueue queue, long now);
    }
}
