package io.jobqueue.store.contract;

import io.jobqueue.store.Term;

/** How the term of a leader can be over. */
public enum TermEnd {
    /** Its time passed and nobody has followed. */
    EXPIRED,
    /** Its time passed and another leads. */
    SUPERSEDED,
    /** It was given back. */
    RELEASED;

    void happen(StoreFixture fixture, Term term) {
        if (this == RELEASED) {
            fixture.store().leaderLock().release(term);
            return;
        }
        fixture.pass(LeaderContract.TTL);
        if (this == SUPERSEDED) {
            fixture.store().leaderLock().acquire(fixture.queue(), "successor", StoreFixture.REIGN);
        }
    }
}
