package io.jobqueue;

/**
 * Where a job is in its life.
 *
 * <table>
 * <caption>Every legal transition and its trigger</caption>
 * <tr><th>from</th><th>to</th><th>trigger</th></tr>
 * <tr><td>(none)</td><td>SCHEDULED</td><td>enqueued with a delay or a due time in the future</td></tr>
 * <tr><td>(none)</td><td>WAITING</td><td>enqueued without a delay</td></tr>
 * <tr><td>SCHEDULED</td><td>WAITING</td><td>its due time came, or somebody promoted it or took its delay
 * away by {@link QueueOperations}</td></tr>
 * <tr><td>WAITING</td><td>SCHEDULED</td><td>somebody put it off by {@link QueueOperations#changeDelay}</td></tr>
 * <tr><td>SCHEDULED, WAITING</td><td>CANCELLED</td><td>cancelled before it started</td></tr>
 * <tr><td>WAITING</td><td>ACTIVE</td><td>claimed by a worker</td></tr>
 * <tr><td>ACTIVE</td><td>COMPLETED</td><td>the handler returned</td></tr>
 * <tr><td>ACTIVE</td><td>SCHEDULED</td><td>the attempt failed and another follows after a delay, or
 * the job was handed back with a delay, or its handler put it off</td></tr>
 * <tr><td>ACTIVE</td><td>WAITING</td><td>the attempt failed and another follows at once; the claim was
 * released by a stopping worker; its lease expired and the reaper took it over</td></tr>
 * <tr><td>ACTIVE</td><td>FAILED</td><td>the last attempt failed, the error cannot be retried, the handler
 * gave up, no handler was found, the stored job cannot be read, or its worker was lost and its stall policy lets it run no
 * more</td></tr>
 * <tr><td>ACTIVE</td><td>CANCELLED</td><td>cancelled while it ran, and the run has ended since or its
 * worker was lost, or its handler said so</td></tr>
 * <tr><td>FAILED, CANCELLED</td><td>SCHEDULED, WAITING</td><td>the same id was enqueued again: a cancelled
 * id is free, a failed one is replaced only when the request says so</td></tr>
 * <tr><td>COMPLETED, FAILED, CANCELLED</td><td>WAITING</td><td>somebody replayed it: a new life of the same
 * job</td></tr>
 * </table>
 *
 * <p>A job that has ended is removed when its retention is over, and any that does not run when somebody removes it; then it
 * has no state. No job enters or leaves {@link #WAITING_CHILDREN} in this version.
 */
public enum JobState {
    /** Not due yet. */
    SCHEDULED,
    /** Due, not yet claimed. */
    WAITING,
    /** A worker holds a claim on it. */
    ACTIVE,
    /** A flow parent whose children have not all ended. Reserved: there are no flows yet, and no job is in this state. */
    WAITING_CHILDREN,
    /** Ended by a handler that returned. */
    COMPLETED,
    /** Ended without success; kept in the dead-letter index until its retention is over. */
    FAILED,
    /** Ended by a cancel. */
    CANCELLED;

    /** Returns whether a job in this state has ended and will not run again by itself. */
    public boolean isTerminal() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }
}
