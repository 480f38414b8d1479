package io.jobqueue.store;

import io.jobqueue.QueueCounts;
import java.util.Optional;
import java.util.Set;

/** Reads jobs. Nothing here changes anything. */
public interface JobLedger {

    /** Returns the job, or empty when the queue holds none of this id. */
    Optional<StoredJob> find(String queue, String jobId);

    /** Returns how many jobs are in each state, without a scan; all zero for a queue never used. */
    QueueCounts counts(String queue);

    /** Returns the names of all queues that ever held a job; unmodifiable. */
    Set<String> queues();
}
