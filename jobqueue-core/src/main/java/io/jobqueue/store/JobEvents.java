package io.jobqueue.store;

import io.jobqueue.store.JobSignals.Subscription;
import java.time.Duration;

/**
 * What happens to jobs, for those who listen. The step that changes a job records its event, but only while somebody
 * watches the queue, so that a queue nobody listens to pays next to nothing. The events of a queue are numbered one by
 * one; the newest {@value #MOST_KEPT} are kept at most.
 *
 * <p>A hint says that there may be more to read and may be lost, doubled or wrong. The record is the truth: whoever reads
 * on from the last number known sees every event once, and how many were dropped before they were read.
 */
public interface JobEvents {

    /** The most events of a queue that are kept. */
    int MOST_KEPT = 1_000;

    /**
     * Lets the events of a queue be recorded for {@code hold} from now, or as long as somebody else has asked for.
     * Repeating extends it. When the time has passed nothing is recorded any more, and {@link JobTransitions#purge} drops
     * what is kept.
     */
    Watch watch(String queue, Duration hold);

    /**
     * Returns the events after a number, oldest first.
     *
     * @param sequence the number of the last event that is known. One that is above all numbers was given out before the
     *     store lost its data: it counts as 0
     * @param limit the most events of the page, at least 1
     */
    EventPage since(String queue, long sequence, int limit);

    /**
     * Calls {@code hint} when events of the queue were recorded, by whatever process. Returns at once; the subscription
     * is kept up in the background, and a hint is given whenever it is up again.
     *
     * @param hint called on any thread; must return soon
     */
    Subscription subscribe(String queue, Runnable hint);
}
