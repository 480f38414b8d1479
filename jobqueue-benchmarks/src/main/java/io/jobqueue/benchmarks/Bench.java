package io.jobqueue.benchmarks;

import io.jobqueue.store.JobStore;

/**
 * What a round works with.
 *
 * @param store the store under load
 * @param cost what the store's server has spent
 * @param options what to do
 * @param round which round, from 0; each has a queue of its own
 */
record Bench(JobStore store, ServerCost cost, LoadOptions options, int round) {

    String queue() {
        return "bench-" + round;
    }
}
