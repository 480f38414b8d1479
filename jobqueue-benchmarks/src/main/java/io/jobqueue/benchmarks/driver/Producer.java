package io.jobqueue.benchmarks.driver;

import java.util.List;

/** Enqueues jobs. Thread-safe. */
public interface Producer extends AutoCloseable {

    /** Enqueues one job and returns when it is stored. */
    void enqueue(String payload) throws Exception;

    /** Enqueues many jobs as the queue does it best and returns when all are stored; one by one by default. */
    default void enqueueAll(List<String> payloads) throws Exception {
        for (String payload : payloads) {
            enqueue(payload);
        }
    }

    /** Enqueues one job and returns when its result is there. */
    default void enqueueAndWait(String payload) throws Exception {
        throw new UnsupportedOperationException("this queue gives no result to wait for");
    }

    @Override
    void close();
}
