package io.jobqueue.benchmarks.driver;

import org.jspecify.annotations.Nullable;

/** A queue that is compared. Used by one thread at a time. */
public interface Peer extends AutoCloseable {

    /** Returns name and version of the queue and of the client it uses. */
    String version();

    /** Connects a producer of a queue's jobs; its calls may come from many threads. */
    Producer producer(String queue) throws Exception;

    /**
     * Prepares a worker that starts no job yet.
     *
     * @param queue the queue it works off
     * @param slots how many jobs it runs at once
     * @param keep whether finished jobs are kept as the queue keeps them by default, or removed at once
     * @param handler what is called with the payload of every job, from many threads
     */
    Consumer consumer(String queue, int slots, boolean keep, Handler handler) throws Exception;

    /** Erases what an earlier work has left, where that is not done by emptying the server. */
    default void clear() throws Exception {}

    @Override
    void close();

    /** What a job does. */
    interface Handler {

        /** Runs one job and returns its result, null for none. */
        @Nullable
        String handle(String payload);
    }
}
