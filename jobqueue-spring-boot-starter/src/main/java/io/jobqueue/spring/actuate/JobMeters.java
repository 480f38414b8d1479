package io.jobqueue.spring.actuate;

import io.jobqueue.engine.EngineListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what the engine tells: {@code jobqueue.job.wait}, {@code jobqueue.job.run}, {@code jobqueue.job.settled},
 * {@code jobqueue.lease.lost}, {@code jobqueue.reaped}, {@code jobqueue.loop.replaced} and {@code jobqueue.store.errors}. Queue and type labels are
 * bounded. Thread-safe.
 */
public final class JobMeters implements EngineListener, MeterBinder {

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
        count("jobqueue.lease.lost", "Claims lost to an expired lease", queue, claims);
    }

    @Override
    public void reaped(String queue, int claims) {
        count("jobqueue.reaped", "Claims taken over from lost workers", queue, claims);
    }

    @Override
    public void loopReplaced(String loop) {
        Counter.builder("jobqueue.loop.replaced")
                .description("Threads of the engine that died or hung and were replaced")
                .tag("loop", loop)
                .register(registries)
                .increment();
    }

    @Override
    public void storeFailed(String queue) {
        count("jobqueue.store.errors", "Calls of the store that failed", queue, 1);
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

    private void count(String name, String description, String queue, int amount) {
        Counter.builder(name)
                .description(description)
                .tag("queue", queues.of(queue))
                .register(registries)
                .increment(amount);
    }

    private Key key(String queue, String type, String outcome) {
        return new Key(queues.of(queue), types.of(type), outcome);
    }

    private record Key(String queue, String type, String outcome) {}
}
