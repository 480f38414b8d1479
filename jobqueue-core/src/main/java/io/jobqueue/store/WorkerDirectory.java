package io.jobqueue.store;

import io.jobqueue.LiveWorker;
import java.util.List;
import java.util.Set;

/**
 * Who works on a queue, and who may. A session enters with its first exchange; it leaves when {@link
 * JobTransitions#reconcile} finds it without claims, and when its lease ends. Workers are told apart by name alone:
 * those that share one are paused together. Repeating is safe.
 */
public interface WorkerDirectory {

    /** Returns the sessions in their lease, by name of worker, then oldest first; empty for a queue never used. */
    List<LiveWorker> live(String queue);

    /** Lets no exchange of the worker claim from the queue until {@link #resume}; what it runs goes on. */
    void pause(String queue, String worker);

    /** Ends a {@link #pause} of the same worker. */
    void resume(String queue, String worker);

    /** Returns the names of the workers that are paused, alive or not; unmodifiable. */
    Set<String> paused(String queue);
}
