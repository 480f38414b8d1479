package io.jobqueue.store.partition;

import io.jobqueue.store.Partition;
import java.util.List;

/**
 * A queue in a number of partitions.
 *
 * @param queue the queue
 * @param names what the store calls its partitions, in order
 */
record Layout(String queue, List<String> names) {

    static Layout of(String queue, int count) {
        return new Layout(
                queue, Partition.of(queue, count).stream().map(Partition::name).toList());
    }

    int count() {
        return names.size();
    }

    boolean isDivided() {
        return names.size() > 1;
    }

    /** Returns the partition of an id or a dedup key. */
    String nameFor(String key) {
        return isDivided() ? names.get(Partition.numberFor(key, names.size()) - 1) : names.get(0);
    }
}
