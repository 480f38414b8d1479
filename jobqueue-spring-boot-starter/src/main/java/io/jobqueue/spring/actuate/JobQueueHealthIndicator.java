package io.jobqueue.spring.actuate;

import io.jobqueue.QueueOverview;
import io.jobqueue.engine.WorkerStatus;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.StoreInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Up when the store answers, every worker consumes or is paused, and this process hears of the results and events it
 * waits for; down when the store does not answer in time or a loop stands still; out of service while the workers are
 * stopped or stopping, or people have paused all that this process works off.
 */
public class JobQueueHealthIndicator extends AbstractHealthIndicator {

    private static final Duration BUDGET = Duration.ofSeconds(2);

    private final StoreProbe probe;
    private final Supplier<List<WorkerStatus>> workers;
    private final Supplier<List<String>> troubles;
    private final BooleanSupplier inService;
    private final BooleanSupplier stopping;

    /**
     * Watches a store and the workers on it.
     *
     * @param workers how they are doing
     * @param troubles what keeps this process from hearing of results and events; empty when nothing does
     * @param inService whether the workers run, or are not meant to because this process only enqueues
     * @param stopping whether a stop of the workers is under way
     */
    public JobQueueHealthIndicator(
            JobStore store,
            Supplier<List<WorkerStatus>> workers,
            Supplier<List<String>> troubles,
            BooleanSupplier inService,
            BooleanSupplier stopping) {
        super("The job queue's health could not be told");
        this.probe = new StoreProbe(store);
        this.workers = workers;
        this.troubles = troubles;
        this.inService = inService;
        this.stopping = stopping;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) throws Exception {
        List<WorkerStatus> statuses = workers.get();
        describeWorkers(health, statuses);
        try {
            StoreProbe.Answer answer =
                    probe.ask(statuses.stream().map(WorkerStatus::queue).toList(), BUDGET);
            describeStore(health, answer.info());
            describeQueues(health, answer.queues());
            judge(health, statuses, answer.queues());
        } catch (ExecutionException e) {
            down(health, e.getCause() != null ? e.getCause() : e);
        } catch (TimeoutException e) {
            down(health, e);
        }
    }

    /** Without the exception itself, which Boot would log with its stack trace at every check of an outage. */
    private static void down(Health.Builder health, Throwable why) {
        health.down().withDetail("error", why.getClass().getName() + ": " + why.getMessage());
    }

    private void judge(Health.Builder health, List<WorkerStatus> statuses, List<QueueOverview> queues) {
        if (stopping.getAsBoolean()) {
            health.outOfService().withDetail("reason", "the workers are stopping");
            return;
        }
        if (!inService.getAsBoolean()) {
            health.outOfService().withDetail("reason", "the workers are stopped");
            return;
        }
        Set<String> pausedQueues = queues.stream()
                .filter(QueueOverview::paused)
                .map(QueueOverview::queue)
                .collect(Collectors.toSet());
        List<String> reasons = new ArrayList<>();
        if (statuses.stream().anyMatch(worker -> !worker.consuming() && !isOnlyPaused(worker))) {
            reasons.add("a worker does not consume: " + troubles(statuses));
        }
        List<String> deaf = troubles.get();
        if (!deaf.isEmpty()) {
            reasons.add("results or events are not heard: " + String.join("; ", deaf));
        }
        if (!reasons.isEmpty()) {
            health.down().withDetail("reason", String.join("; ", reasons));
        } else if (!statuses.isEmpty()
                && statuses.stream().allMatch(worker -> worker.paused() || pausedQueues.contains(worker.queue()))) {
            health.outOfService().withDetail("reason", paused(statuses, pausedQueues));
        } else {
            health.up();
        }
    }

    private static String paused(List<WorkerStatus> statuses, Set<String> pausedQueues) {
        return statuses.stream()
                .map(worker -> pausedQueues.contains(worker.queue())
                        ? "queue " + worker.queue() + " is paused"
                        : "the worker of " + worker.queue() + " is paused, or all of its handlers are")
                .collect(Collectors.joining("; "));
    }

    private static boolean isOnlyPaused(WorkerStatus worker) {
        return worker.paused() && worker.troubles().isEmpty();
    }

    private static String troubles(List<WorkerStatus> statuses) {
        return statuses.stream()
                .flatMap(worker -> worker.troubles().stream())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static void describeStore(Health.Builder health, StoreInfo info) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("kind", info.kind());
        if (info.mode() != null) {
            details.put("mode", info.mode());
        }
        details.put("location", info.location());
        details.put("version", info.version());
        details.put("durability", info.durability());
        health.withDetail("store", details);
    }

    private static void describeWorkers(Health.Builder health, List<WorkerStatus> statuses) {
        Map<String, Object> details = new LinkedHashMap<>();
        for (WorkerStatus worker : statuses) {
            Map<String, Object> numbers = new LinkedHashMap<>();
            numbers.put("slots", worker.slots());
            numbers.put("busy", worker.busy());
            numbers.put("stuck", worker.stuck());
            numbers.put("consuming", worker.consuming());
            numbers.put("paused", worker.paused());
            details.put(worker.queue(), numbers);
        }
        health.withDetail("workers", details);
    }

    private static void describeQueues(Health.Builder health, List<QueueOverview> queues) {
        Map<String, Object> details = new LinkedHashMap<>();
        for (QueueOverview queue : queues) {
            Map<String, Object> numbers = new LinkedHashMap<>();
            numbers.put("waiting", queue.counts().waiting());
            numbers.put("active", queue.counts().active());
            numbers.put("paused", queue.paused());
            details.put(queue.queue(), numbers);
        }
        health.withDetail("queues", details);
    }
}
