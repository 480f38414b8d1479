package io.jobqueue.store.partition;

import io.jobqueue.Durability;
import io.jobqueue.store.DurableEnqueue;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.EnqueueSize;
import io.jobqueue.store.NewJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Brings new jobs to their partitions, and waits in one after the other until they are durable. */
final class PartitionedDurability implements DurableEnqueue {

    private final DurableEnqueue store;
    private final Arrivals arrivals;

    PartitionedDurability(DurableEnqueue store, Arrivals arrivals) {
        this.store = store;
        this.arrivals = arrivals;
    }

    @Override
    public void require(Durability durability) {
        store.require(durability);
    }

    @Override
    public List<EnqueueAnswer> enqueue(
            String queue, List<List<NewJob>> batches, Durability durability, Duration atMost) {
        EnqueueSize.requireAll(batches);
        Map<String, List<List<NewJob>>> jobs = new LinkedHashMap<>();
        Map<String, List<Integer>> indexes = new LinkedHashMap<>();
        int before = 0;
        for (List<NewJob> batch : batches) {
            for (Map.Entry<String, List<Integer>> some :
                    Places.grouped(arrivals.places(queue, batch)).entrySet()) {
                jobs.computeIfAbsent(some.getKey(), partition -> new ArrayList<>())
                        .add(some.getValue().stream().map(batch::get).toList());
                for (int index : some.getValue()) {
                    indexes.computeIfAbsent(some.getKey(), partition -> new ArrayList<>())
                            .add(before + index);
                }
            }
            before += batch.size();
        }
        return Answers.of(
                indexes,
                (partition, of) ->
                        store.enqueue(partition, Objects.requireNonNull(jobs.get(partition)), durability, atMost));
    }
}
