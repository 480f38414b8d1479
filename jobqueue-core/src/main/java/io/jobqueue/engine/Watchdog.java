package io.jobqueue.engine;

import java.time.Duration;
import java.util.List;

/** Looks after the loops of an engine, now and then. It never calls the store, so nothing there can hold it up. */
final class Watchdog implements Periodic {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final int LOOKS_PER_PATIENCE = 4;

    private final List<LoopGuard> guards;
    private final Duration interval;

    /**
     * @param guards of all loops; there may be more later
     * @param patience how long a step may take
     */
    Watchdog(List<LoopGuard> guards, Duration patience) {
        this.guards = guards;
        Duration part = patience.dividedBy(LOOKS_PER_PATIENCE);
        interval = part.compareTo(LONGEST_WAIT) < 0 ? part : LONGEST_WAIT;
    }

    @Override
    public Duration poll() {
        guards.forEach(LoopGuard::look);
        return interval;
    }
}
