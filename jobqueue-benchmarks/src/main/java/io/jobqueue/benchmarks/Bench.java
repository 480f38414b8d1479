package io.jobqueue.benchmarks;

import io.jobqueue.engine.JobSettings;
import io.jobqueue.engine.QueueSettings;
import io.jobqueue.store.JobStore;
import java.util.function.Supplier;

/**
 * What a round works with.
 *
 * @param store the store under load
 * @param another opens the same store once more, with connections of its own, as another process would
 * @param cost what the store's server has spent
 * @param options what to do
 * @param round which round, from 0; each has a queue of its own
 */
record Bench(JobStore store, Supplier<JobStore> another, ServerCost cost, LoadOptions options, int round) {

    String queue() {
        return "bench-" + round;
    }

    /** Returns the settings of every queue. */
    QueueSettings queueSettings() {
        return new QueueSettings(options.slots(), null, JobSettings.NONE).withPartitions(options.partitions());
    }
}
