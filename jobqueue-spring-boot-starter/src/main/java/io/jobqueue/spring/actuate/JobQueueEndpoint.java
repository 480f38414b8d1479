package io.jobqueue.spring.actuate;

import io.jobqueue.JobQueueException;
import io.jobqueue.QueueOverview;
import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.engine.WorkerStatus;
import io.jobqueue.spring.actuate.QueueSnapshot.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Shows queues, workers, handlers and the settings that hold, and pauses, resumes and drains queues where its access is
 * unrestricted. Shows no payload, no id of a job, and no secret. Thread-safe.
 */
@Endpoint(id = "jobqueue", defaultAccess = Access.READ_ONLY)
public class JobQueueEndpoint {

    private static final int MOST_QUEUES = 200;

    /** A store that hangs for every queue must not hold up the answer for all of them. */
    private static final Duration MOST_WAITING = Duration.ofSeconds(5);

    private final JobEngine engine;
    private final InstantSource clock;

    /**
     * Shows {@code engine} and its store.
     *
     * @param clock the time of day, about that of the store
     */
    public JobQueueEndpoint(JobEngine engine, InstantSource clock) {
        this.engine = engine;
        this.clock = clock;
    }

    /**
     * Returns everything, at most {@value #MOST_QUEUES} queues; while the store does not answer, what is known here. A
     * queue that cannot be read is named with the reason, and hides no other.
     */
    @ReadOperation
    public JobQueueDescription jobQueue() {
        Map<String, QueueDescription> queues = new TreeMap<>();
        Map<String, String> unreadable = new TreeMap<>();
        JobQueueDescription.Store store = null;
        String error = null;
        try {
            store = JobQueueDescription.Store.of(engine.store().info());
            read(names(), queues, unreadable);
        } catch (JobQueueException e) {
            error = e.getMessage();
        }
        return new JobQueueDescription(
                engine.workerName(),
                engine.isRunning(),
                engine.isStopping(),
                store,
                error,
                queues,
                unreadable,
                handlers());
    }

    private void read(Set<String> names, Map<String, QueueDescription> queues, Map<String, String> unreadable) {
        Duration waited = Duration.ZERO;
        for (String queue : names.stream().limit(MOST_QUEUES).toList()) {
            if (waited.compareTo(MOST_WAITING) > 0) {
                unreadable.put(queue, "not asked for, because others have taken too long to fail");
                continue;
            }
            Instant asked = clock.instant();
            try {
                queues.put(queue, describe(queue));
            } catch (JobQueueException e) {
                unreadable.put(queue, String.valueOf(e.getMessage()));
                waited = waited.plus(Duration.between(asked, clock.instant()));
            }
        }
    }

    /** Returns a queue; null when neither the store nor a handler of this process knows it. */
    @ReadOperation
    public @Nullable QueueDescription queue(@Selector String queue) {
        return names().contains(queue) ? describe(queue) : null;
    }

    /**
     * Pauses a queue, lets it go on, in every process, or erases its jobs. Repeating is harmless.
     *
     * @param action {@code pause}, {@code resume}, or {@code drain}, which erases every job that has not started
     * @return the queue afterwards, and how many jobs were erased; null when nobody knows it, and then nothing is done
     * @throws InvalidEndpointRequestException for another action
     */
    @WriteOperation
    public @Nullable QueueDescription change(@Selector String queue, String action) {
        QueueAction change = QueueAction.named(action)
                .orElseThrow(() -> new InvalidEndpointRequestException(
                        "Unknown action '" + action + "'", "action: must be pause, resume or drain"));
        if (!names().contains(queue)) {
            return null;
        }
        OptionalLong erased = change.on(engine.jobQueue().queue(queue));
        QueueDescription changed = describe(queue);
        return erased.isPresent() ? changed.withErased(erased.getAsLong()) : changed;
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>(engine.store().ledger().queues());
        engine.handlers().forEach(handler -> names.add(handler.queue()));
        return names;
    }

    private QueueDescription describe(String queue) {
        QueueOverview overview = engine.store().ledger().overview(queue);
        return QueueDescription.of(
                Standing.at(clock.instant(), overview),
                engine.store().workers().live(queue),
                here(queue),
                SettingDescription.of(engine.settings(queue)));
    }

    private @Nullable WorkerStatus here(String queue) {
        return engine.workers().stream()
                .filter(worker -> worker.queue().equals(queue))
                .findFirst()
                .orElse(null);
    }

    private Map<String, JobQueueDescription.Handler> handlers() {
        Map<String, JobQueueDescription.Handler> handlers = new TreeMap<>();
        for (HandlerDefinition handler : engine.handlers()) {
            handlers.put(
                    handler.type(),
                    JobQueueDescription.Handler.of(handler, SettingDescription.of(engine.settings(handler))));
        }
        return handlers;
    }
}
