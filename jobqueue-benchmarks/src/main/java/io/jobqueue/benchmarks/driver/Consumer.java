package io.jobqueue.benchmarks.driver;

/** Works off a queue. */
public interface Consumer extends AutoCloseable {

    /** Lets jobs start. */
    void start() throws Exception;

    /** Returns when every job that was handled is settled; at once where that cannot be seen. */
    default void awaitSettled() throws Exception {}

    @Override
    void close();
}
