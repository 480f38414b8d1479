package io.jobqueue.store.memory;

import io.jobqueue.LiveWorker;
import io.jobqueue.store.WorkerDirectory;
import java.util.List;
import java.util.Set;

/** The workers of the queues in memory. */
final class MemoryDirectory implements WorkerDirectory {

    private final MemoryQueues queues;

    MemoryDirectory(MemoryQueues queues) {
        this.queues = queues;
    }

    @Override
    public List<LiveWorker> live(String queue) {
        return queues.find(queue)
                .map(found -> found.locked(now -> found.sessions().live(queue, now)))
                .orElseGet(List::of);
    }

    @Override
    public void pause(String queue, String worker) {
        MemoryQueue paused = queues.get(queue);
        paused.locked(now -> paused.sessions().pausedWorkers().add(worker));
    }

    @Override
    public void resume(String queue, String worker) {
        queues.find(queue).ifPresent(found -> {
            if (found.locked(now -> found.sessions().pausedWorkers().remove(worker))) {
                found.wakeUp().offer();
            }
        });
    }

    @Override
    public Set<String> paused(String queue) {
        return queues.find(queue)
                .map(found -> found.locked(now -> Set.copyOf(found.sessions().pausedWorkers())))
                .orElseGet(Set::of);
    }
}
