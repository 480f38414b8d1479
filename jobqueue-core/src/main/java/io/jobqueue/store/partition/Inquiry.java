package io.jobqueue.store.partition;

import java.util.List;

/** Asks a partition what it holds. */
@FunctionalInterface
public interface Inquiry {

    /**
     * Returns for each of what is sought, in order, whether the partition holds a job of the id, in whatever state, or the
     * key.
     *
     * @param sought at most {@value io.jobqueue.store.ExchangeRequest#MOST}
     */
    List<Boolean> holds(String partition, List<Sought> sought);
}
