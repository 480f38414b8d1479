package io.jobqueue.benchmarks;

import java.util.Map;

/** One kind of load. */
interface Work {

    /** Runs one round and returns its figures, by name, in the order to print. */
    Map<String, Double> run() throws Exception;
}
