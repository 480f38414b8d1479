package io.jobqueue.spring.observation;

/** How the trace of whoever enqueues a job goes on when the job runs. */
public enum TracePropagation {
    /** A run belongs to the trace that enqueued its job. */
    PARENT,
    /** A run begins a trace of its own and links to the one that enqueued its job. */
    LINK,
    /** A run begins a trace of its own; nothing is stored with the job. */
    NONE
}
