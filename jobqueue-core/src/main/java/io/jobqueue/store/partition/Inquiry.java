package io.jobqueue.store.partition;

import java.util.List;

/** Asks a partition what it holds. */
@FunctionalInterface
public interface Inquiry {

    /**
     * Returns for each id, in order, whether the partition holds a job of it, in whatever state.
     *
     * @param ids at most {@value io.jobqueue.store.ExchangeRequest#MOST}
     */
    List<Boolean> holds(String partition, List<String> ids);
}
