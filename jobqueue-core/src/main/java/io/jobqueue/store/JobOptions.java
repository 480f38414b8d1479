package io.jobqueue.store;

import io.jobqueue.Backoff;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the enqueuer said about running the job. A null leaves the choice to the worker's settings.
 *
 * @param maxAttempts how many attempts the job has
 * @param backoff the delays between attempts
 * @param timeout how long one attempt may run
 * @param retention how long the job is kept after it completed
 * @param headers text sent along beside the payload
 */
public record JobOptions(
        @Nullable Integer maxAttempts,
        @Nullable Backoff backoff,
        @Nullable Duration timeout,
        @Nullable Duration retention,
        Map<String, String> headers) {

    /** Nothing said. */
    public static final JobOptions NONE = new JobOptions(null, null, null, null, Map.of());

    /** Copies the headers. */
    public JobOptions {
        headers = Map.copyOf(headers);
    }
}
