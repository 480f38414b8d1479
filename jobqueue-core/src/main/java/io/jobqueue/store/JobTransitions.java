package io.jobqueue.store;

import io.jobqueue.Cancellation;
import io.jobqueue.JobQueueException;
import io.jobqueue.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The life of jobs: every method is one or more arrows of {@link io.jobqueue.JobState}, each job's step
 * atomic. Decisions that must see other jobs (order, duplicates, leases) are made inside.
 */
public interface JobTransitions {

    /**
     * {@code (none) → WAITING | SCHEDULED}, all jobs of the call in one step, in their order.
     *
     * <p>The id is looked at first, then the dedup key. A job whose key is held by another is not stored and answers the
     * holder's id and state, {@code COMPLETED} with its result; under {@link io.jobqueue.Dedup.Mode#DEBOUNCE} a holder
     * that has not started takes over type, options and payload of the new job, and its delay begins anew when it is
     * scheduled. Keys bound to the life of a job are freed by the step that ends it.
     *
     * <p>An id that exists is not stored again, except over a cancelled job, or over a failed one when the
     * new job says {@code REPLACE}. When a job that has not ended holds the id and the new job has a
     * {@code replyTo}, that address is told when the holder ends.
     *
     * @param jobs at most {@value ExchangeRequest#MOST}
     * @return one answer a job, in order. Repeating is safe: what was stored answers {@code DUPLICATE}.
     * @throws IllegalArgumentException when there are more; nothing was stored
     */
    List<EnqueueAnswer> enqueue(String queue, List<NewJob> jobs);

    /**
     * Does what {@link #enqueue} does for one batch after the other. A store may make the next call before the last is
     * answered.
     *
     * @param batches of at most {@value ExchangeRequest#MOST} jobs each
     * @return one answer a job, in the order of all batches
     * @throws StoreUnavailableException with {@code REFUSED} only when no batch was stored
     * @throws IllegalArgumentException when a batch holds more; nothing was stored
     */
    default List<EnqueueAnswer> enqueueAll(String queue, List<List<NewJob>> batches) {
        EnqueueSize.requireAll(batches);
        List<EnqueueAnswer> answers = new ArrayList<>();
        for (List<NewJob> batch : batches) {
            try {
                answers.addAll(enqueue(queue, batch));
            } catch (JobQueueException e) {
                throw answers.isEmpty() ? e : PartlyStored.explain(e, answers.size());
            }
        }
        return answers;
    }

    /**
     * Does what {@link #enqueue} does, and where nothing stands before the jobs {@code (none) → ACTIVE}: all of them are
     * claimed by the session in the same step, without a hint to anybody, and its lease is extended. That is so at most
     * when every job is plain and new, nothing else waits or is due, nothing is paused, and the session's lease holds in
     * the epoch given; a store may do it never. Repeating is as safe as that of {@link #enqueue}; a call without an answer
     * needs the care that one of {@link #exchange} needs.
     *
     * @param session of a worker of the queue that can take all of the jobs
     * @param jobs at most {@value ExchangeRequest#MOST}
     * @throws IllegalArgumentException when there are more; nothing was stored
     */
    default HandOver handOver(WorkerSession session, List<NewJob> jobs) {
        return HandOver.unclaimed(enqueue(session.queue(), jobs));
    }

    /**
     * Ends claims, then makes new ones: {@code ACTIVE →} what the settlement says, due
     * {@code SCHEDULED → WAITING → ACTIVE}. Jobs are claimed by priority, then in order of sequence. Also
     * extends the session's lease.
     *
     * <p>A worker that names types is given only jobs of these. Jobs of other types keep their places for other workers,
     * and however many lie ahead, they are looked at once: a call may end before it has looked at all of them, and then
     * offers a wake. A worker that has passed jobs over passes its wake on, as does every worker that hears of them and
     * cannot take them, each once; see {@link JobSignals#awaitWork}.
     *
     * <p>However many jobs are asked for, the call ends with the job with which the payloads it has read come to about
     * {@value ExchangeRequest#MOST_BYTES} bytes, and then says {@link ExchangeAnswer#cutShort} and offers a wake when more
     * waits. All others keep their places. Some stores read the payloads of jobs that they pass over.
     *
     * <p>A settlement whose token is not current is refused: nothing changes and the answer says so. A
     * settlement repeated with the same token is answered like the first time as long as the job is kept,
     * and changes nothing. After a call without an answer, {@link #reconcile} in the session's next epoch gives back
     * what was claimed unseen, and keeps the call from claiming should it arrive late.
     */
    ExchangeAnswer exchange(ExchangeRequest request);

    /** Extends the lease of all claims of a session. Never revives a lease that ran out. Repeating is safe. */
    Renewal renew(WorkerSession session);

    /**
     * {@code ACTIVE → WAITING} at the old place, without a charge, for every claim of the session that is
     * not in {@code known}. From now on the store refuses exchanges of an earlier epoch of the session, and answers
     * them as for a session that is lost. A session left without claims is forgotten in its first epoch; later it
     * stays until its lease ends, to go on refusing. Repeating is safe.
     *
     * @return how many claims were released; 0 for an epoch that is over
     */
    int reconcile(WorkerSession session, Collection<ClaimToken> known);

    /**
     * {@code SCHEDULED | WAITING → CANCELLED}; a job that is {@code ACTIVE} is marked, its worker is told,
     * and it ends {@code CANCELLED}. Everything else is left as it is. Repeating is safe.
     *
     * @param retention how long the cancelled job is kept
     */
    Cancellation cancel(String queue, String jobId, Duration retention);

    /**
     * Due {@code SCHEDULED → WAITING}, in order of due time.
     *
     * @param limit the most jobs of one call, at most {@value ExchangeRequest#MOST}
     * @throws StaleTermException when the term is over; nothing changed
     */
    Promotion promote(Term term, int limit);

    /**
     * {@code ACTIVE → WAITING | FAILED | CANCELLED} for claims whose lease ran out, with the crash counted.
     * {@code CANCELLED} when that was requested; else what the stall policy says: at the old place, or failed with the
     * request's error at its {@linkplain ReapRequest#lastCrash() last crash}.
     *
     * @return what was taken over, empty when nothing had expired; call again while the list is full
     * @throws StaleTermException when the term is over; nothing changed
     */
    List<Reaped> reap(Term term, ReapRequest request);

    /**
     * Removes ended jobs whose retention is over, and then those that are more than the request keeps in their state: of
     * these the ones whose retention ends first, and among equals the one that was kept first. Nothing else is removed,
     * and no call looks at jobs of other states to find them. Dedup keys whose time is over are forgotten, at most as
     * many a call as jobs.
     *
     * @return how many jobs were removed, or the request's limit when so many keys were forgotten or the jobs are so large
     *     that a call removes fewer; call again while it is not zero
     * @throws StaleTermException when the term is over; nothing changed
     */
    int purge(Term term, PurgeRequest request);

    /**
     * Looks for what cannot come about by the other transitions, such as a job that no index holds, and mends it: a
     * bounded part of the queue a call, so that going on with {@link Audit#next()} sees all of it in time.
     *
     * <p>A job that was nowhere waits again at its old place ({@code (lost) → WAITING}), or is {@code FAILED} when
     * outcomes were lost too, since then it may have run. What belongs to no job is dropped. A store in which nothing
     * can be lost one by one answers {@link Audit#SOUND}. Repeating is safe and finds nothing in a sound queue.
     *
     * @throws StaleTermException when the term is over; nothing changed
     */
    Audit audit(Term term, AuditRequest request);
}
