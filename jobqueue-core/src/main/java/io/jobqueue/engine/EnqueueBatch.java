package io.jobqueue.engine;

import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.NewJob;
import java.util.ArrayList;
import java.util.List;

/** The jobs of one call of the store: as many as it takes quickly, and not more bytes. */
final class EnqueueBatch {

    /** What a job with a time, a priority or a key costs the store, in plain jobs. */
    private static final int WEIGHT_OF_SPECIAL = 2;

    private static final int MOST_BYTES = 1024 * 1024;

    private final List<NewJob> jobs = new ArrayList<>();
    private int weight;
    private int bytes;

    void add(NewJob job) {
        jobs.add(job);
        weight += job.isPlain() ? 1 : WEIGHT_OF_SPECIAL;
        bytes += job.spec().payload().length;
    }

    boolean isFull() {
        return weight >= ExchangeRequest.MOST || bytes >= MOST_BYTES;
    }

    List<NewJob> jobs() {
        return jobs;
    }
}
