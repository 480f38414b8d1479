package io.jobqueue.engine;

import io.jobqueue.JobQuery;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobOperations;
import io.jobqueue.store.JobPage;
import io.jobqueue.store.StoredJob;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lets many ended jobs of one queue run again. Thread-safe. */
final class Replays {

    private final String queue;
    private final JobLedger ledger;
    private final JobOperations operations;

    Replays(String queue, JobLedger ledger, JobOperations operations) {
        this.queue = queue;
        this.ledger = ledger;
        this.operations = operations;
    }

    long replay(List<String> jobIds) {
        long replayed = 0;
        for (int from = 0; from < jobIds.size(); from += ExchangeRequest.MOST) {
            List<String> some = jobIds.subList(from, Math.min(jobIds.size(), from + ExchangeRequest.MOST));
            replayed += operations.replay(queue, some).stream()
                    .filter(Boolean::booleanValue)
                    .count();
        }
        return replayed;
    }

    /** All are found before the first is replayed, so that a job which ends again meanwhile is not replayed again. */
    long replayAll(JobQuery query) {
        Set<String> found = new LinkedHashSet<>();
        String cursor = null;
        do {
            JobPage page = ledger.search(queue, query, cursor, ExchangeRequest.MOST);
            page.jobs().stream().map(StoredJob::id).forEach(found::add);
            cursor = page.next();
        } while (cursor != null);
        return replay(new ArrayList<>(found));
    }
}
