package io.jobqueue.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many more jobs of a queue may run now. The workers of its partitions each have a {@link Seat} and share the slots:
 * whoever gets fewer than it can use stands in line for those that come free, and nobody takes from those in line.
 * Thread-safe.
 */
final class Slots {

    private final int total;
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger seats = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Seat> line = new ArrayList<>();
    private volatile boolean lined;

    Slots(int total) {
        this.total = total;
    }

    int total() {
        return total;
    }

    /** Returns how many have a job that runs. */
    int busy() {
        return busy.get();
    }

    /** Returns how many have no job and are not held for one. */
    int free() {
        return Math.max(0, total - taken.get());
    }

    /** Returns a seat for one more worker, whose loop {@code wake} wakes. */
    Seat seat(Runnable wake) {
        seats.incrementAndGet();
        return new Seat(wake);
    }

    /** Takes a slot for a job; false when none is free. */
    boolean tryTake() {
        int before = taken.get();
        while (before < total) {
            if (taken.compareAndSet(before, before + 1)) {
                busy.incrementAndGet();
                return true;
            }
            before = taken.get();
        }
        return false;
    }

    /** Frees the slot of a job. */
    void giveBack() {
        busy.decrementAndGet();
        free(1);
    }

    private void free(int slots) {
        taken.addAndGet(-slots);
        callNext();
    }

    /** Wakes as many of those in line as there are slots to take. */
    private void callNext() {
        if (lined && free() > 0) {
            lock.lock();
            try {
                line.stream().limit(free()).forEach(seat -> seat.wake.run());
            } finally {
                lock.unlock();
            }
        }
    }

    /** The part of one worker in the slots of its queue. What it holds is confined to the worker's loop. */
    final class Seat {

        private final Runnable wake;
        private int held;

        private Seat(Runnable wake) {
            this.wake = wake;
        }

        Slots slots() {
            return Slots.this;
        }

        /** Returns whether other workers share the slots. */
        boolean isShared() {
            return seats.get() > 1;
        }

        /**
         * Holds free slots for a call of the store: all when nobody is in line, else an equal part, or one when its turn
         * has come and there are not enough for all.
         *
         * @param most how many it can use
         * @param wants whether to stand in line for what it did not get
         * @return how many it holds now
         */
        int hold(int most, boolean wants) {
            lock.lock();
            try {
                int ahead = line.indexOf(this);
                line.remove(this);
                int place = ahead < 0 ? line.size() : ahead;
                int part = takePart(most, place);
                held += part;
                if (wants && part < most) {
                    line.add(part == 0 ? place : line.size(), this);
                }
                lined = !line.isEmpty();
            } finally {
                lock.unlock();
            }
            callNext();
            return held;
        }

        /** Takes it as jobs take their slots, which come for them without the lock. */
        private int takePart(int most, int place) {
            int before;
            int part;
            do {
                before = taken.get();
                part = Math.min(most, part(place, Math.max(0, total - before)));
            } while (!taken.compareAndSet(before, before + part));
            return part;
        }

        private int part(int place, int free) {
            int sharers = line.size() + 1;
            if (free >= sharers) {
                return (free + sharers - 1) / sharers;
            }
            return place < free ? 1 : 0;
        }

        /** Takes a slot for a job, one that is held first; false when none is free. */
        boolean take() {
            if (held == 0) {
                return tryTake();
            }
            held--;
            busy.incrementAndGet();
            return true;
        }

        /** Frees what it still holds. */
        void release() {
            int unused = held;
            held = 0;
            if (unused > 0) {
                free(unused);
            }
        }

        /** Stands in line no more. */
        void leave() {
            if (lined) {
                lock.lock();
                try {
                    line.remove(this);
                    lined = !line.isEmpty();
                } finally {
                    lock.unlock();
                }
                callNext();
            }
        }

        /** Returns whether it stands in line. */
        boolean isInLine() {
            lock.lock();
            try {
                return line.contains(this);
            } finally {
                lock.unlock();
            }
        }
    }
}
