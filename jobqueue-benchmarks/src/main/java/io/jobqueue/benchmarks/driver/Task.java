package io.jobqueue.benchmarks.driver;

import java.util.Map;

/** One work that is ready to be measured. */
interface Task extends AutoCloseable {

    /** Does what is measured and returns figures of its own; {@code jobs} is how many jobs it was. */
    Map<String, Double> run() throws Exception;

    @Override
    default void close() {}
}
