package io.jobqueue.spring.actuate;

import io.jobqueue.QueueCounts;
import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.engine.WorkerStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Gauges {@code jobqueue.queue.jobs}, {@code jobqueue.worker.slots}, {@code jobqueue.worker.slots.busy} and
 * {@code jobqueue.worker.slots.stuck}. The queues this process works off have theirs from the start, other queues of the store as soon as they are seen.
 */
public final class QueueMeters implements MeterBinder, ApplicationListener<ContextRefreshedEvent> {

    private static final Map<String, ToLongFunction<QueueCounts>> STATES = Map.of(
            "scheduled", QueueCounts::scheduled,
            "waiting", QueueCounts::waiting,
            "active", QueueCounts::active,
            "completed", QueueCounts::completed,
            "failed", QueueCounts::failed,
            "cancelled", QueueCounts::cancelled);

    private final JobEngine engine;
    private final CompositeMeterRegistry registries = new CompositeMeterRegistry();
    private final QueueSnapshot snapshot;
    private final Set<String> gauged = ConcurrentHashMap.newKeySet();

    /**
     * Watches {@code engine} and its store.
     *
     * @param nanos a clock that never goes back, such as {@code System::nanoTime}
     */
    public QueueMeters(JobEngine engine, LongSupplier nanos) {
        this.engine = engine;
        this.snapshot = new QueueSnapshot(engine.store().ledger(), this::ownQueues, this::gaugeQueue, nanos);
    }

    /** Shows the gauges in {@code registry} as well from now on. */
    @Override
    public void bindTo(MeterRegistry registry) {
        registries.add(registry);
    }

    /** Registers the gauges of this process's queues: all handlers are known now. */
    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        for (String queue : ownQueues()) {
            gaugeQueue(queue);
            gaugeWorker("jobqueue.worker.slots", "Jobs the worker can run at once", queue, WorkerStatus::slots);
            gaugeWorker("jobqueue.worker.slots.busy", "Jobs the worker is running", queue, WorkerStatus::busy);
            gaugeWorker(
                    "jobqueue.worker.slots.stuck",
                    "Slots taken by handlers that ignore their interrupt",
                    queue,
                    WorkerStatus::stuck);
        }
    }

    private Set<String> ownQueues() {
        return engine.handlers().stream().map(HandlerDefinition::queue).collect(Collectors.toSet());
    }

    private void gaugeQueue(String queue) {
        if (gauged.add(queue)) {
            STATES.forEach((state, count) -> Gauge.builder("jobqueue.queue.jobs", () -> jobs(queue, count))
                    .description("Jobs of a queue in one state")
                    .tags("queue", queue, "state", state)
                    .register(registries));
        }
    }

    private void gaugeWorker(String name, String description, String queue, ToIntFunction<WorkerStatus> value) {
        Gauge.builder(name, () -> worker(queue, value))
                .description(description)
                .tag("queue", queue)
                .register(registries);
    }

    private double jobs(String queue, ToLongFunction<QueueCounts> count) {
        QueueCounts found = snapshot.counts().get(queue);
        return found == null ? Double.NaN : count.applyAsLong(found);
    }

    private double worker(String queue, ToIntFunction<WorkerStatus> value) {
        return engine.workers().stream()
                .filter(worker -> worker.queue().equals(queue))
                .mapToInt(value)
                .sum();
    }
}
