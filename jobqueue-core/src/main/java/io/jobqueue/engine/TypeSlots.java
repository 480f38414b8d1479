package io.jobqueue.engine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many more jobs of one type this process may claim: none while its handler is paused, no more than there are slots of
 * its own when it has any. Thread-safe.
 */
final class TypeSlots {

    private static final int ANY = Integer.MAX_VALUE;

    private final int total;
    private final Set<Runnable> refused = new LinkedHashSet<>();
    private int taken;
    private boolean paused;

    /** Begins with so many slots; null for as many as the queue has. */
    TypeSlots(@Nullable Integer total, boolean paused) {
        this.total = total == null ? ANY : total;
        this.paused = paused;
    }

    boolean isCapped() {
        return total != ANY;
    }

    synchronized boolean isPaused() {
        return paused;
    }

    /** Returns whether it was the other way before. */
    synchronized boolean pause(boolean pause) {
        boolean changes = paused != pause;
        paused = pause;
        return changes;
    }

    /**
     * Takes slots for a call of the store.
     *
     * @param most how many can be used
     * @param retry is called when slots come free that were not there now
     * @return how many were taken; of a type without slots of its own they need not be given back
     */
    synchronized int take(int most, Runnable retry) {
        if (paused) {
            return 0;
        }
        int got = Math.min(most, total - taken);
        if (isCapped()) {
            taken += got;
            if (got < Math.min(most, total)) {
                refused.add(retry);
            }
        }
        return got;
    }

    /** Gives slots back and calls all who were refused some, but {@code by}; null when that is a job. */
    void giveBack(int slots, @Nullable Runnable by) {
        if (slots > 0 && isCapped()) {
            free(slots, by).forEach(Runnable::run);
        }
    }

    private synchronized List<Runnable> free(int slots, @Nullable Runnable by) {
        taken -= slots;
        List<Runnable> others = refused.stream().filter(retry -> retry != by).toList();
        others.forEach(refused::remove);
        return others;
    }
}
