package io.jobqueue.spring.test;

/** When the jobs of a test run. */
public enum JobQueueTestMode {

    /** When the test says so: {@link JobQueueTester#drain()}. */
    DRAINED,

    /**
     * Inside of the call that enqueues them, on its thread: {@code enqueue} returns when its job has run, and throws what
     * the handler has thrown, after the job was settled. In a transaction, right after its commit. What a handler enqueues
     * runs after it. Jobs with a delay, and retries, run inside of the {@link JobQueueTester#advance} that makes them due.
     */
    INLINE
}
