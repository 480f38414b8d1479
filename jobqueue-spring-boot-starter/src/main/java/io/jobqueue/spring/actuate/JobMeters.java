package io.jobqueue.spring.actuate;

import io.jobqueue.engine.EngineListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what the engine tells: {@code jobqueue.job.wait}, {@code jobqueue.job.run}, {@code jobqueue.job.settled},
 * {@code jobqueue.lease.lost}, {@code jobqueue.reaped}, {@code jobqueue.loop.replaced} and {@code jobqueue.store.errors}. Queue and type labels are
 * bounded. Thread-safe.
 */
public final class JobMeters implements EngineListener, MeterBinder {

    private static final List<String> LOOPS =
            List.of("worker", "watch", "leases", "deadlines", "maintenance", "replies", "events");

    private final CompositeMeterRegistry registries = new CompositeMeterRegistry();
    private final BoundedLabel queues = new BoundedLabel();
    private final BoundedLabel types = new BoundedLabel();
    private final Map<Key, Timer> waits = new ConcurrentHashMap<>();
    private final Map<Key, Timer> runs = new ConcurrentHashMap<>();
    private final Map<Key, Counter> settled = new ConcurrentHashMap<>();

    /** Counts into {@code registry} as well from now on. */
    @Override
    public void bindTo(MeterRegistry registry) {
        registries.add(registry);
    }

    @Override
    public void started(String queue, String type, Duration waited) {
        waits.computeIfAbsent(key(queue, type, ""), this::wait).record(waited);
    }

    @Override
    public void settled(String queue, String type, Outcome outcome, Duration ran) {
        runs.computeIfAbsent(key(queue, type, ""), this::run).record(ran);
        settled.computeIfAbsent(key(queue, type, outcome.name().toLowerCase(Locale.ROOT)), this::settlement)
                .increment();
    }

    @Override
    public void leaseLost(String queue, int claims) {
        leaseLost(registries, queues.of(queue)).increment(claims);
    }

    @Override
    public void reaped(String queue, int claims) {
        reaped(registries, queues.of(queue)).increment(claims);
    }

    @Override
    public void loopReplaced(String loop) {
        loopReplaced(registries, loop).increment();
    }

    @Override
    public void storeFailed(String queue) {
        storeErrors(registries, queues.of(queue)).increment();
    }

    /** Begins the counters of what seldom happens at zero, so that the first time is seen as an increase. */
    static void begin(MeterRegistry registry, Set<String> queues) {
        for (String queue : queues) {
            leaseLost(registry, queue);
            reaped(registry, queue);
            storeErrors(registry, queue);
        }
        LOOPS.forEach(loop -> loopReplaced(registry, loop));
    }

    private static Counter leaseLost(MeterRegistry registry, String queue) {
        return counter(registry, "jobqueue.lease.lost", "Claims lost to an expired lease", queue);
    }

    private static Counter reaped(MeterRegistry registry, String queue) {
        return counter(registry, "jobqueue.reaped", "Claims taken over from lost workers", queue);
    }

    private static Counter storeErrors(MeterRegistry registry, String queue) {
        return counter(registry, "jobqueue.store.errors", "Calls of the store that failed", queue);
    }

    private static Counter counter(MeterRegistry registry, String name, String description, String queue) {
        return Counter.builder(name)
                .description(description)
                .tag("queue", queue)
                .register(registry);
    }

    private static Counter loopReplaced(MeterRegistry registry, String loop) {
        return Counter.builder("jobqueue.loop.replaced")
                .description("Threads of the engine that died or hung and were replaced")
                .tag("loop", loop)
                .register(registry);
    }

    private Timer wait(Key key) {
        return timer("jobqueue.job.wait", "Time from when a job could be claimed until it started", key);
    }

    private Timer run(Key key) {
        return timer("jobqueue.job.run", "Time an attempt took", key);
    }

    private Timer timer(String name, String description, Key key) {
        return Timer.builder(name)
                .description(description)
                .tags("queue", key.queue(), "type", key.type())
                .register(registries);
    }

    private Counter settlement(Key key) {
        return Counter.builder("jobqueue.job.settled")
                .description("Attempts that ended, by their outcome")
                .tags("queue", key.queue(), "type", key.type(), "outcome", key.outcome())
                .register(registries);
    }

    private Key key(String queue, String type, String outcome) {
        return new Key(queues.of(queue), types.of(type), outcome);
    }

    private record Key(String queue, String type, String outcome) {}
}
