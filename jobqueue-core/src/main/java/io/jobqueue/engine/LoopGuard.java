package io.jobqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one loop, and lets another thread take its steps when the one that does has died or hangs. A thread that hangs
 * is left to itself: it does nothing more when it comes back. {@link #look} belongs to the watchdog's loop, everything
 * else is thread-safe.
 */
final class LoopGuard {

    private static final Logger log = LoggerFactory.getLogger(LoopGuard.class);

    /** As many threads may hang before the loop is given up until one of them comes back. */
    private static final int MOST_HANGING = 5;

    private final Loop loop;
    private final String kind;
    private final Duration patience;
    private final EngineListener listener;
    private final LogLimit limit;
    private final List<Thread> hanging = new ArrayList<>();
    private int replaced;

    /**
     * @param kind what the loop does, one of few words
     * @param patience how long a step may take; twice as long after each replacement, until a step has gone well
     */
    LoopGuard(Loop loop, String kind, Duration patience, LoopContext context) {
        this.loop = loop;
        this.kind = kind;
        this.patience = patience;
        listener = context.listener();
        limit = new LogLimit(context.nanos());
    }

    /** Returns what keeps the loop from its work, for people; null when nothing does. */
    @Nullable
    String trouble() {
        return loop.isTurning(patience) ? null : loop.name() + " stands still";
    }

    /** Returns the parts whose steps fail, or hung until they were given up, for longer than a step may take. */
    List<LoopPart> failing() {
        return isOver() ? List.of() : loop.failing(patience);
    }

    /** Returns whether the loop was stopped, so that there is nothing to watch any more. */
    boolean isOver() {
        return loop.isStopping();
    }

    /** Lets another thread take the steps if they stand still. */
    void look() {
        hanging.removeIf(thread -> !thread.isAlive());
        if (loop.failing(Duration.ZERO).isEmpty()) {
            replaced = 0;
        }
        Duration longest = patience.multipliedBy(1L << replaced);
        if (loop.isTurning(longest)) {
            return;
        }
        StackTraceElement[] where = loop.stack();
        LoopPart step = loop.hanging(longest);
        Thread left = hanging.size() < MOST_HANGING ? loop.replace(longest) : null;
        if (left != null) {
            hanging.add(left);
            replaced = Math.min(replaced + 1, MOST_HANGING);
            listener.loopReplaced(kind);
        }
        tell(left != null, step, where);
    }

    private void tell(boolean done, @Nullable LoopPart step, StackTraceElement[] where) {
        if (!limit.admits()) {
            return;
        }
        String remedy = done
                ? "another thread goes on with its work"
                : "it must be waited for, since it is not in a call of the store or too many threads hang already";
        if (step == null) {
            log.error("{} has died; {}", loop.name(), remedy);
        } else {
            log.warn("{} hangs ({}); {}", loop.name(), step, remedy, new Whereabouts(where));
        }
    }

    /** Shows where a thread is, as the cause of a log line. */
    private static final class Whereabouts extends RuntimeException {

        Whereabouts(StackTraceElement[] where) {
            super("where it hangs", null, false, true);
            setStackTrace(where);
        }
    }
}
