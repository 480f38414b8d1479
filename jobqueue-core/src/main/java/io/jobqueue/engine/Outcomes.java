package io.jobqueue.engine;

import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where endings gather until the worker's next exchange. Thread-safe, without locks: a stack threaded
 * through the endings themselves. Only the one that finds it empty wakes the worker, so a batch costs one
 * wake.
 */
final class Outcomes {

    private final AtomicReference<@Nullable Ending> last = new AtomicReference<>();
    private final Runnable wake;

    Outcomes(Runnable wake) {
        this.wake = wake;
    }

    void add(Ending ending) {
        add(ending, wake);
    }

    /** Adds an ending of which {@code tell} sees to it that the store hears, instead of waking the worker. */
    void add(Ending ending, Runnable tell) {
        Ending before;
        do {
            before = last.get();
            ending.link(before);
        } while (!last.compareAndSet(before, ending));
        if (before == null) {
            tell.run();
        }
    }

    boolean isEmpty() {
        return last.get() == null;
    }

    /** Moves all endings behind those of {@code taken}, in the order they came. */
    void moveTo(Deque<Ending> taken) {
        Ending ending = reversed(last.getAndSet(null));
        while (ending != null) {
            Ending after = ending.next();
            ending.link(null);
            taken.addLast(ending);
            ending = after;
        }
    }

    private static @Nullable Ending reversed(@Nullable Ending stack) {
        Ending reversed = null;
        Ending ending = stack;
        while (ending != null) {
            Ending before = ending.next();
            ending.link(reversed);
            reversed = ending;
            ending = before;
        }
        return reversed;
    }
}
