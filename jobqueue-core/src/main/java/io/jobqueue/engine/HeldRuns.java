package io.jobqueue.engine;

/** The runs of the claims that a worker holds, for whoever stops them. Thread-safe. */
final class HeldRuns {

    private final WorkerLease lease;
    private final Crew crew;

    HeldRuns(WorkerLease lease, Crew crew) {
        this.lease = lease;
        this.crew = crew;
    }

    /** Returns how many slots are taken by handlers whose jobs were given up. */
    int stuck() {
        return crew.stuck();
    }

    /** Waits no longer for the end of a run that was told to stop. */
    void giveUp(RunningJob job) {
        crew.giveUp(job);
    }

    /** Returns whether the calling thread runs a job of the worker. */
    boolean isCallingBack() {
        return crew.isCalling();
    }

    /** Tells every run to stop. */
    void interruptAll() {
        lease.current().jobs().forEach(job -> job.halt(Halt.STOPPING));
    }

    /** Decides how every claim ends whose run has not: given back without a charge, unless its timeout or a cancel ended it. */
    void releaseAll() {
        lease.current().jobs().forEach(crew::abandon);
    }

    /** Returns whether it is decided how every claim ends that is held. */
    boolean isIdle() {
        return lease.current().jobs().stream().allMatch(RunningJob::isConcluded);
    }
}
