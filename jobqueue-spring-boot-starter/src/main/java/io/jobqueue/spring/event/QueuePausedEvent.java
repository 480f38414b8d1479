package io.jobqueue.spring.event;

import org.jspecify.annotations.Nullable;

/**
 * The application has paused a queue, or a type in it, from this process; it may have been paused before. No
 * process starts a job of it until the pause ends. Always published.
 *
 * @param queue its name
 * @param type the type that was paused; null when it was the whole queue
 */
public record QueuePausedEvent(String queue, @Nullable String type) implements JobQueueEvent {}
