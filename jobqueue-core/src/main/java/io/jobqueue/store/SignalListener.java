package io.jobqueue.store;

/** Is told hints by {@link JobSignals}. */
public interface SignalListener {

    /** A job somebody here waits for has ended. */
    void ended(Ended ended);

    /** A running job is to be cancelled. The claim may belong to another process. */
    void cancelRequested(String queue, ClaimToken token);

    /** The subscription is up, for the first time or again; earlier hints may be lost. */
    void resumed();
}
