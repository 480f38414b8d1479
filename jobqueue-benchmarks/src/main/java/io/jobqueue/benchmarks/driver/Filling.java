package io.jobqueue.benchmarks.driver;

import java.util.Collections;
import java.util.concurrent.atomic.AtomicReference;

/** Puts many jobs into a queue, fast and unmeasured or with a given number of calls under way. */
final class Filling {

    private static final int BATCH = 500;
    private static final int IN_FLIGHT = 50;

    private Filling() {}

    /** Enqueues with the queue's bulk call, from many threads for those that have none. */
    static void fast(Producer producer, String payload, int jobs) throws Exception {
        int perCall = Math.max(1, Math.min(BATCH, jobs / IN_FLIGHT));
        inFlight(IN_FLIGHT, (jobs + perCall - 1) / perCall, number -> {
            int from = number * perCall;
            producer.enqueueAll(Collections.nCopies(Math.min(perCall, jobs - from), payload));
        });
    }

    /** Makes calls of which so many are under way at once. */
    static void inFlight(int callers, int calls, Call call) throws Exception {
        AtomicReference<Exception> failure = new AtomicReference<>();
        Callers.share(callers, calls, number -> {
            try {
                call.make(number);
            } catch (Exception e) {
                failure.compareAndSet(null, e);
            }
        });
        Exception failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    /** One call. */
    interface Call {

        void make(int number) throws Exception;
    }
}
