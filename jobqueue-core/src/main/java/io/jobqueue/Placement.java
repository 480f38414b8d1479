package io.jobqueue;

/** Where among the waiting jobs of its priority a job goes. */
public enum Placement {
    /** Behind all that wait: first in, first out. */
    END,
    /** Before all that wait: last in, first out when every job does so. */
    FRONT
}
