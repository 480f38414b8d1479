package io.jobqueue.store;

import java.util.List;

/** How many jobs one enqueue takes; for stores. */
public final class EnqueueSize {

    private EnqueueSize() {}

    /**
     * Refuses more jobs than one call takes. Call it before anything is stored.
     *
     * @throws IllegalArgumentException when they are more than {@value ExchangeRequest#MOST}
     */
    public static void require(List<NewJob> jobs) {
        if (jobs.size() > ExchangeRequest.MOST) {
            throw new IllegalArgumentException("enqueue of " + jobs.size() + " jobs in one call: must be at most "
                    + ExchangeRequest.MOST + ", nothing was stored; cut them into batches");
        }
    }

    /**
     * Refuses batches of which one holds more jobs than one call takes.
     *
     * @throws IllegalArgumentException when one has more than {@value ExchangeRequest#MOST}
     */
    public static void requireAll(List<List<NewJob>> batches) {
        batches.forEach(EnqueueSize::require);
    }
}
