package io.jobqueue.engine;

import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.Partition;
import io.jobqueue.store.partition.Arrival;
import io.jobqueue.store.partition.Inquiry;
import io.jobqueue.store.partition.PartitionedStore;
import io.jobqueue.store.partition.Sought;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the partition each job goes to. Callers whose ids or dedup keys may be in partitions of another number
 * ask each of these together. Thread-safe.
 */
final class Routes {

    private final PartitionedStore store;
    private final IdGenerator ids;
    private final Map<String, CallGate<Sought, Boolean>> lookUps = new ConcurrentHashMap<>();
    private final Inquiry together = this::holds;

    Routes(PartitionedStore store, IdGenerator ids) {
        this.store = store;
        this.ids = ids;
    }

    /** Returns what the store calls the partition of a job; throws what {@link PartitionedStore#destination} does. */
    String of(PreparedJob prepared) {
        return store.destination(prepared.queue(), arrival(prepared), together);
    }

    /** Returns the partition of each job of one queue, in order. */
    List<String> of(String queue, List<PreparedJob> prepared) {
        return store.destinations(queue, prepared.stream().map(Routes::arrival).toList());
    }

    /**
     * Returns the job with an id that falls into its partition: a generated one does not always when a partition of
     * another number holds the dedup key, and nobody would find the job there, should the key be free by then.
     */
    PreparedJob fitted(PreparedJob prepared, String partition) {
        if (!prepared.generated() || prepared.job().dedup() == null) {
            return prepared;
        }
        Partition place = Partition.named(partition);
        PreparedJob fitted = prepared;
        while (!place.has(fitted.job().id())) {
            fitted = prepared.withId(ids.next());
        }
        return fitted;
    }

    private static Arrival arrival(PreparedJob prepared) {
        return new Arrival(prepared.job(), prepared.generated());
    }

    private List<Boolean> holds(String partition, List<Sought> sought) {
        CallGate<Sought, Boolean> gate = lookUps.computeIfAbsent(
                partition, name -> new CallGate<>(() -> new LookUp(store, name, new ArrayList<>())));
        return sought.stream().map(gate::ask).toList();
    }

    private record LookUp(PartitionedStore store, String partition, List<Sought> sought)
            implements CallGate.Load<Sought, Boolean> {

        @Override
        public boolean isFull() {
            return sought.size() == ExchangeRequest.MOST;
        }

        @Override
        public void add(Sought one) {
            sought.add(one);
        }

        @Override
        public List<Boolean> send() {
            return store.holds(partition, sought);
        }
    }
}
