package io.jobqueue.engine;

import io.jobqueue.store.Partition;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Looks now and then for partitions nobody here works on: those by which the store holds a queue since it was divided
 * otherwise, or is by other processes.
 */
final class PartitionSearch implements Periodic {

    static final Duration INTERVAL = Duration.ofSeconds(30);

    private final List<QueueWork> works;
    private final Function<String, List<Partition>> partitions;
    private final BiConsumer<QueueWork, Partition> open;
    private final Jitter jitter;

    PartitionSearch(
            List<QueueWork> works,
            Function<String, List<Partition>> partitions,
            BiConsumer<QueueWork, Partition> open,
            Jitter jitter) {
        this.works = works;
        this.partitions = partitions;
        this.open = open;
        this.jitter = jitter;
    }

    @Override
    public Duration poll() {
        for (QueueWork work : works) {
            for (Partition partition : partitions.apply(work.queue())) {
                if (!work.serves(partition)) {
                    open.accept(work, partition);
                }
            }
        }
        return jitter.around(INTERVAL);
    }
}
