package io.jobqueue.engine;

/** Why a run was told to stop before its handler came to an end. */
enum Halt {
    /** Somebody asked to cancel the job. */
    CANCEL_REQUESTED,
    /** The attempt took longer than its timeout. */
    TIMEOUT,
    /** The claim is no longer ours. */
    LEASE_LOST,
    /** The engine stops and has waited long enough. */
    STOPPING
}
