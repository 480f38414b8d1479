package io.jobqueue.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The workers of this engine by the partition they claim from; none while it does not run. Thread-safe. */
final class OwnWorkers {

    private final Map<String, Worker> byPartition = new ConcurrentHashMap<>();

    void begin(Worker worker) {
        byPartition.put(worker.partition(), worker);
    }

    void end(Worker worker) {
        byPartition.remove(worker.partition(), worker);
    }

    /** Returns the worker of a partition; null when there is none. */
    @Nullable
    Worker of(String partition) {
        return byPartition.get(partition);
    }
}
