package io.jobqueue.spring.event;

import org.jspecify.annotations.Nullable;

/**
 * The application has ended the pause of a queue, or of a type in it, from this process; it may not have been
 * paused. Always published.
 *
 * @param queue its name
 * @param type the type that is no longer paused; null when it is the whole queue
 */
public record QueueResumedEvent(String queue, @Nullable String type) implements JobQueueEvent {}
