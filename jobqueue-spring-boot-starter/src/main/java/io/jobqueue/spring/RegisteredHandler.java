package io.jobqueue.spring;

import org.jspecify.annotations.Nullable;

/**
 * A handler of this process, as it is now.
 *
 * @param id what {@link JobHandlerRegistry} knows it by
 * @param type the job type
 * @param queue the queue it is declared for
 * @param origin where it is declared: class, method and bean
 * @param concurrency how many of its jobs this process runs at once; null for as many as the queue has slots
 * @param paused whether this process claims none of its jobs
 */
public record RegisteredHandler(
        String id,
        String type,
        String queue,
        String origin,
        @Nullable Integer concurrency,
        boolean paused) {}
