package io.jobqueue.store.contract;

/** How far the loss of a claim whose lease ran out has gone. */
public enum Loss {
    /** Nobody has noticed yet. */
    EXPIRED,
    /** The reaper has taken the claim. */
    REAPED,
    /** Another worker runs the job. */
    TAKEN_OVER;

    /** Lets the lease of every claim run out, to the millisecond, and the loss go as far as this. */
    void happen(StoreFixture fixture) {
        fixture.pass(StoreFixture.LEASE);
        if (this != EXPIRED) {
            fixture.reap();
        }
        if (this == TAKEN_OVER) {
            fixture.claimOne(fixture.session());
        }
    }
}
