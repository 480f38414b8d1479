package io.jobqueue.store;

import io.jobqueue.Attempt;
import io.jobqueue.JobQuery;
import io.jobqueue.JobState;
import io.jobqueue.LogLine;
import io.jobqueue.QueueCounts;
import io.jobqueue.QueueOverview;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads jobs. Nothing here changes anything. */
public interface JobLedger {

    /** About how many jobs a call of {@link #search} looks at. */
    int MOST_LOOKED_AT = 1000;

    /**
     * Returns the job, or empty when the queue holds none of this id. An ended job whose description cannot be read is
     * returned with {@link JobSpec#UNREADABLE}.
     *
     * @throws io.jobqueue.UnreadableJobException when it has not ended and cannot be read
     */
    Optional<StoredJob> find(String queue, String jobId);

    /**
     * Returns the state of every job in one call.
     *
     * @param jobIds at most {@value ExchangeRequest#MOST}
     * @return one state an id, in order; empty where the queue holds no such job
     */
    List<Optional<JobState>> states(String queue, List<String> jobIds);

    /**
     * Returns one page of the jobs in a state. Scheduled jobs come by due time, waiting ones in the order they would be
     * claimed, failed ones newest first; others in no order. Jobs that change state between two pages may be missed or
     * come twice. A job that has not ended and cannot be read is left out.
     *
     * @param cursor {@link JobPage#next()} of the page before; null for the first
     * @param limit the most jobs of a page, at most {@value ExchangeRequest#MOST}
     * @return a page that may hold fewer jobs than the limit although more follow, such as when they are large
     * @throws IllegalArgumentException when the cursor has not the form of one of these pages
     */
    JobPage list(String queue, JobState state, @Nullable String cursor, int limit);

    /**
     * Returns the log of a job, oldest line first; empty when it has none or the queue holds no such job. Lines of one
     * call have one time.
     */
    List<LogLine> log(String queue, String jobId);

    /**
     * Returns the attempts of a job that are over, oldest first, the newest {@value Attempt#MOST}; empty when it has none
     * or the queue holds no such job. What was settled by {@link Settlement.Release}, {@link Settlement.HandBack} or
     * {@link Settlement.Snooze} is not among them.
     */
    List<Attempt> history(String queue, String jobId);

    /**
     * Returns one page of the jobs that fulfil a query, looking at no more than about {@value #MOST_LOOKED_AT} jobs a
     * call. Jobs that change state between two pages may be missed or come twice. A job that has not ended and cannot be
     * read is left out.
     *
     * @param cursor {@link JobPage#next()} of the page before; null for the first
     * @param limit the most jobs of a page, at most {@value ExchangeRequest#MOST}
     * @return a page that may hold fewer jobs than the limit, or none, although more follow
     * @throws IllegalArgumentException when the cursor has not the form of one of these pages
     */
    JobPage search(String queue, JobQuery query, @Nullable String cursor, int limit);

    /** Sums the queue up without a scan; of a queue never used there is nothing to tell. */
    QueueOverview overview(String queue);

    /** Returns how many jobs are in each state, without a scan; all zero for a queue never used. */
    QueueCounts counts(String queue);

    /**
     * Returns which job holds each dedup key, so that no other job is stored under it.
     *
     * @param dedupKeys at most {@value ExchangeRequest#MOST}
     * @return the id of one job a key, in order, which is kept or not; empty where the key is free
     */
    List<Optional<String>> holders(String queue, List<String> dedupKeys);

    /**
     * Returns whether the queue holds nothing that an enqueue could meet: no job in whatever state, and no dedup key. True
     * for a queue never used; may be false as long as something whose time is over was not purged.
     */
    boolean isEmpty(String queue);

    /** Returns the names of all queues that ever held a job; unmodifiable. */
    Set<String> queues();
}
