package io.jobqueue.engine;

import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.partition.Arrival;
import io.jobqueue.store.partition.Inquiry;
import io.jobqueue.store.partition.PartitionedStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the partition each job goes to. Callers whose ids may be in partitions of another number ask each of these
 * together. Thread-safe.
 */
final class Routes {

    private final PartitionedStore store;
    private final Map<String, CallGate<String, Boolean>> lookUps = new ConcurrentHashMap<>();
    private final Inquiry together = this::holds;

    Routes(PartitionedStore store) {
        this.store = store;
    }

    /** Returns what the store calls the partition of a job; throws what {@link PartitionedStore#destination} does. */
    String of(PreparedJob prepared) {
        return store.destination(prepared.queue(), arrival(prepared), together);
    }

    /** Returns the partition of each job of one queue, in order. */
    List<String> of(String queue, List<PreparedJob> prepared) {
        return store.destinations(queue, prepared.stream().map(Routes::arrival).toList());
    }

    private static Arrival arrival(PreparedJob prepared) {
        return new Arrival(prepared.job(), prepared.generated());
    }

    private List<Boolean> holds(String partition, List<String> ids) {
        CallGate<String, Boolean> gate = lookUps.computeIfAbsent(
                partition, name -> new CallGate<>(() -> new LookUp(store, name, new ArrayList<>())));
        return ids.stream().map(gate::ask).toList();
    }

    private record LookUp(PartitionedStore store, String partition, List<String> ids)
            implements CallGate.Load<String, Boolean> {

        @Override
        public boolean isFull() {
            return ids.size() == ExchangeRequest.MOST;
        }

        @Override
        public void add(String id) {
            ids.add(id);
        }

        @Override
        public List<Boolean> send() {
            return store.holds(partition, ids);
        }
    }
}
