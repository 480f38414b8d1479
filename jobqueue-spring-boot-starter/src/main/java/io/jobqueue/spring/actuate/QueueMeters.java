package io.jobqueue.spring.actuate;

import io.jobqueue.QueueCounts;
import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.engine.WorkerStatus;
import io.jobqueue.spring.actuate.QueueSnapshot.Standing;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Gauges {@code jobqueue.queue.jobs}, {@code jobqueue.queue.latency}, {@code jobqueue.queue.backlog} and
 * {@code jobqueue.queue.paused} from one reading of the store that holds for an interval, and {@code jobqueue.worker.slots},
 * {@code jobqueue.worker.slots.busy}, {@code jobqueue.worker.slots.stuck} and {@code jobqueue.worker.consuming} from the
 * workers of this process; without a worker these say nothing ({@code NaN}). The queues this process works off have theirs from the start, other queues of the store as
 * soon as they are seen and until they are gone.
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
    private final Map<String, List<Meter>> gauged = new ConcurrentHashMap<>();

    /**
     * Watches {@code engine} and its store.
     *
     * @param interval how long a reading of the queues holds
     * @param nanos a clock that never goes back, such as {@code System::nanoTime}
     * @param clock the time of day, about that of the store
     */
    public QueueMeters(JobEngine engine, Duration interval, LongSupplier nanos, InstantSource clock) {
        this.engine = engine;
        this.snapshot =
                new QueueSnapshot(engine.store().ledger(), interval, this::ownQueues, this::gaugeQueues, nanos, clock);
    }

    /** Shows the gauges in {@code registry} as well from now on. */
    @Override
    public void bindTo(MeterRegistry registry) {
        registries.add(registry);
    }

    /** Registers the gauges of this process's queues: all handlers are known now. */
    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        JobMeters.begin(registries, ownQueues());
        for (String queue : ownQueues()) {
            gaugeQueue(queue);
            gaugeWorker("jobqueue.worker.slots", "Jobs the worker can run at once", queue, WorkerStatus::slots);
            gaugeWorker("jobqueue.worker.slots.busy", "Jobs the worker is running", queue, WorkerStatus::busy);
            gaugeWorker(
                    "jobqueue.worker.slots.stuck",
                    "Slots taken by handlers that ignore their interrupt",
                    queue,
                    WorkerStatus::stuck);
            gaugeWorker(
                    "jobqueue.worker.consuming",
                    "Whether the worker would pick up a waiting job",
                    queue,
                    worker -> worker.consuming() ? 1 : 0);
        }
    }

    private Set<String> ownQueues() {
        return engine.handlers().stream().map(HandlerDefinition::queue).collect(Collectors.toSet());
    }

    /** Gauges the queues there are, and no more those that are gone. */
    private void gaugeQueues(Set<String> queues) {
        queues.forEach(this::gaugeQueue);
        gauged.entrySet().removeIf(gauges -> {
            boolean gone = !queues.contains(gauges.getKey());
            if (gone) {
                gauges.getValue().forEach(registries::remove);
            }
            return gone;
        });
    }

    private void gaugeQueue(String queue) {
        if (!gauged.containsKey(queue)) { // a registry may read a gauge, and so come back here, while it takes it up
            gauged.putIfAbsent(queue, gaugesOf(queue));
        }
    }

    private List<Meter> gaugesOf(String queue) {
        List<Meter> gauges = new ArrayList<>();
        STATES.forEach((state, count) -> gauges.add(Gauge.builder(
                        "jobqueue.queue.jobs",
                        () -> read(
                                queue,
                                standing ->
                                        count.applyAsLong(standing.overview().counts())))
                .description("Jobs of a queue in one state")
                .tags("queue", queue, "state", state)
                .register(registries)));
        gauges.add(gauge("jobqueue.queue.backlog", "Jobs that wait or run", queue, QueueMeters::backlog));
        gauges.add(gauge(
                "jobqueue.queue.paused",
                "Whether the whole queue is paused",
                queue,
                standing -> standing.overview().paused() ? 1 : 0));
        gauges.add(TimeGauge.builder(
                        "jobqueue.queue.latency",
                        () -> read(queue, standing -> standing.latency().toMillis()),
                        TimeUnit.MILLISECONDS)
                .description("Time the oldest of the next jobs of a queue has waited")
                .tag("queue", queue)
                .register(registries));
        return gauges;
    }

    private static double backlog(Standing standing) {
        QueueCounts counts = standing.overview().counts();
        return (double) counts.waiting() + counts.active();
    }

    private Meter gauge(String name, String description, String queue, ToDoubleFunction<Standing> value) {
        return Gauge.builder(name, () -> read(queue, value))
                .description(description)
                .tag("queue", queue)
                .register(registries);
    }

    private void gaugeWorker(String name, String description, String queue, ToIntFunction<WorkerStatus> value) {
        Gauge.builder(name, () -> worker(queue, value))
                .description(description)
                .tag("queue", queue)
                .register(registries);
    }

    private double read(String queue, ToDoubleFunction<Standing> value) {
        Standing found = snapshot.queues().get(queue);
        return found == null ? Double.NaN : value.applyAsDouble(found);
    }

    /** A process that only enqueues has handlers and no worker: nothing to say is not zero. */
    private double worker(String queue, ToIntFunction<WorkerStatus> value) {
        IntSummaryStatistics workers = engine.workers().stream()
                .filter(worker -> worker.queue().equals(queue))
                .mapToInt(value)
                .summaryStatistics();
        return workers.getCount() == 0 ? Double.NaN : workers.getSum();
    }
}
