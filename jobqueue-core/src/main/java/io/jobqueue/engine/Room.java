package io.jobqueue.engine;

import io.jobqueue.store.Claim;
import java.time.Duration;
import java.util.List;

/** How many jobs a worker can take: its free slots, and a little ahead when runs are very short. Needs the worker's turn. */
final class Room {

    private final Slots.Seat seat;
    private final Crew crew;
    private final ClaimAhead ahead = new ClaimAhead();
    private final ClaimSize size = new ClaimSize();
    private int asked;

    Room(Slots.Seat seat, Crew crew) {
        this.seat = seat;
        this.crew = crew;
    }

    /** Returns how many jobs it can take now. */
    int jobs() {
        int room = seat.slots().free() + ahead.jobs(seat.slots().total()) - crew.waiting() - asked;
        return Math.max(0, Math.min(room, size.most()));
    }

    /**
     * Returns how many jobs it can take of those that the partitions share. Ahead of its part it takes what its own slots
     * end during one call, so that the others wait no longer for their turn than for a call of the store.
     *
     * @param wants whether to stand in line for more
     * @param takesNothing whether it claims no jobs
     */
    int part(boolean wants, boolean takesNothing) {
        int held = takesNothing ? 0 : seat.hold(size.most(), wants);
        int more = held == 0 ? 0 : Math.max(0, ahead.jobs(held) - crew.waiting());
        return Math.min(held + more, size.most());
    }

    /** Notes that a call asks for so many jobs. */
    void asking(int jobs) {
        asked += jobs;
    }

    /** Notes that the jobs a call has asked for have come, or will not. */
    void asked(int jobs) {
        asked -= jobs;
    }

    /** Notes how long a call took, the runs that ended before it, and what it has brought. */
    void answered(long tookNanos, List<Ending> ended, List<Claim> claims) {
        ahead.answered(tookNanos, ended);
        size.came(claims);
    }

    /** Hands back the jobs that wait for a slot, unless the first of them has waited less than {@code patience}. */
    void handBackWaiting(Duration patience) {
        if (crew.handBackWaiting(patience)) {
            ahead.wentTooFar();
        }
    }

    /** Returns whether jobs were claimed for which no slot is free. */
    boolean isExceeded() {
        return crew.waiting() > 0;
    }

    /** Returns whether other partitions have a part in the slots. */
    boolean isShared() {
        return seat.isShared();
    }

    /** Returns whether the slots end more jobs during a call than it can tell of, so that two calls at once pay. */
    boolean isStoreTheSlower() {
        return !isShared() && ahead.isStoreTheSlower(seat.slots().total());
    }
}
