package io.jobqueue.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to change in a job that has not started. A null leaves it as it is.
 *
 * @param priority the new priority; the job goes to the end of its new priority
 * @param delay how long from now it is due; zero lets it wait at the end at once
 * @param payload the new payload
 */
public record JobChange(
        @Nullable Integer priority, @Nullable Duration delay, byte @Nullable [] payload) {}
