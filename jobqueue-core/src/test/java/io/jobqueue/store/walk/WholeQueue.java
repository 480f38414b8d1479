package io.jobqueue.store.walk;

import io.jobqueue.QueueOverview;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.StoredJob;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Shows what can be read of a queue in a few calls: compared after every step. */
@FunctionalInterface
public interface WholeQueue {

    /** Returns the queue and its jobs of these ids, as text that is equal when they are. */
    String shown(String queue, List<String> ids);

    /** Reads job by job. */
    static WholeQueue of(JobStore store) {
        return (queue, ids) -> show(
                store,
                queue,
                ids.stream().map(id -> store.ledger().find(queue, id)).toList());
    }

    /** Shows the jobs that were read and the queue they are in. */
    static String show(JobStore store, String queue, List<Optional<StoredJob>> jobs) {
        QueueOverview overview = store.ledger().overview(queue);
        StringBuilder shown = new StringBuilder(overview.counts().toString())
                .append(overview.paused())
                .append(new TreeSet<>(overview.pausedTypes()))
                .append(overview.lastActivity());
        if (overview.pausedTypes().isEmpty()) {
            shown.append(overview.oldestWaitingSince());
        }
        shown.append('\n').append(store.workers().live(queue));
        jobs.forEach(job -> shown.append('\n').append(Shown.found(job)));
        return shown.toString();
    }
}
