package io.jobqueue;

import java.util.Set;

/**
 * Is told what happens to the jobs of a queue, whichever process makes it happen.
 *
 * <p>The events of a queue come in their order, each once, on one thread of the engine; a listener that is slow holds up
 * the listeners of its queue and no job. What it throws is logged and changes nothing: the next event follows.
 */
@FunctionalInterface
public interface JobListener {

    /** Something has happened to a job. */
    void onEvent(JobEvent event);

    /**
     * Events were dropped before they could be told: the store was out of reach for long, or they came faster than this
     * process reads. Whoever keeps books should read the jobs again.
     *
     * @param count how many are known to be missing; 0 when events were not recorded for a while and nobody counted them
     */
    default void onMissed(String queue, long count) {}

    /** Returns the queues to which a Spring bean listens; empty for those that have a handler in its process. */
    default Set<String> queues() {
        return Set.of();
    }
}
