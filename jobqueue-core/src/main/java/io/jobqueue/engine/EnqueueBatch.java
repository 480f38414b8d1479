package io.jobqueue.engine;

import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.NewJob;
import java.util.ArrayList;
import java.util.List;

/** The jobs of one call of the store: as many as it takes, and not more bytes than it takes quickly. */
final class EnqueueBatch {

    private static final int MOST_BYTES = 1024 * 1024;

    private final List<NewJob> jobs = new ArrayList<>();
    private int bytes;

    void add(NewJob job) {
        jobs.add(job);
        bytes += job.spec().payload().length;
    }

    boolean isFull() {
        return jobs.size() >= ExchangeRequest.MOST || bytes >= MOST_BYTES;
    }

    List<NewJob> jobs() {
        return jobs;
    }
}
