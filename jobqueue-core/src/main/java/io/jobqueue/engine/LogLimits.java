package io.jobqueue.engine;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Lets one log line of each job type through now and then, and counts those it holds back. Thread-safe. */
final class LogLimits {

    /** Types beyond share one limit: whoever enqueues may make up as many as it likes. */
    static final int MOST_TYPES = 1000;

    private static final String OTHERS = ""; // no type is called so

    private final LongSupplier nanos;
    private final Map<String, HeldBack> byType = new ConcurrentHashMap<>();

    LogLimits(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Returns how many lines were held back since the last one, or empty when this one is held back as well. */
    OptionalLong admits(String type) {
        HeldBack known = byType.get(type);
        if (known == null) {
            String name = byType.size() < MOST_TYPES ? type : OTHERS;
            known = byType.computeIfAbsent(name, any -> new HeldBack(new LogLimit(nanos), new AtomicLong()));
        }
        return known.admits();
    }

    private record HeldBack(LogLimit limit, AtomicLong lines) {

        OptionalLong admits() {
            if (limit.admits()) {
                return OptionalLong.of(lines.getAndSet(0));
            }
            lines.incrementAndGet();
            return OptionalLong.empty();
        }
    }
}
