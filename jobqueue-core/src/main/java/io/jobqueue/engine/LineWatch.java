package io.jobqueue.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Watches the loops that read results and events for the application, from the first of them on. Thread-safe. */
final class LineWatch implements AutoCloseable {

    private final Duration patience;
    private final LoopContext context;
    private final List<LoopGuard> guards = new CopyOnWriteArrayList<>();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Loop watchdog;

    /** @param patience how long a step of them may take */
    LineWatch(Duration patience, LoopContext context) {
        this.patience = patience;
        this.context = context;
        watchdog = new Loop("jobqueue-line-watchdog", true, context);
        watchdog.add("watchdog", null, new Watchdog(guards, patience));
    }

    /**
     * Watches a loop until it is stopped.
     *
     * @param kind what it does, one of few words
     */
    void watch(Loop loop, String kind) {
        guards.removeIf(LoopGuard::isOver);
        guards.add(new LoopGuard(loop, kind, patience, context));
        if (begun.compareAndSet(false, true)) {
            watchdog.start();
        }
    }

    /** Returns what keeps the loops from their work, for people. */
    List<String> troubles() {
        return guards.stream()
                .flatMap(guard -> Stream.concat(
                        Stream.ofNullable(guard.trouble()),
                        guard.failing().stream().map(part -> part + ": reading fails")))
                .toList();
    }

    int watched() {
        return guards.size();
    }

    @Override
    public void close() {
        watchdog.stop();
    }
}
