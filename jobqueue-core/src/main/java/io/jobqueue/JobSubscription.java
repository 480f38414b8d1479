package io.jobqueue;

/** A listener that is being told. Thread-safe. */
public interface JobSubscription extends AutoCloseable {

    /** Ends it: no further event is told, but one may just be. Repeating is harmless. */
    @Override
    void close();
}
