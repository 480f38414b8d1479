package io.jobqueue.store.partition;

import io.jobqueue.store.DurableEnqueue;
import io.jobqueue.store.JobEvents;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobNotes;
import io.jobqueue.store.JobOperations;
import io.jobqueue.store.JobSignals;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.LeaderLock;
import io.jobqueue.store.Partition;
import io.jobqueue.store.StoreInfo;
import io.jobqueue.store.WorkerDirectory;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/**
 * A store whose queues may be spread over several queues of another store, their {@linkplain Partition partitions}. A job
 * is in the partition that its id falls into; one with a dedup key must fall into the same by both.
 *
 * <p>Whoever enqueues, reads or operates names the queue. Whoever works on it (sessions, leaders, hints of work, events)
 * names one partition of {@link #partitions}. What the other store already holds of a queue in another number of
 * partitions is found, counted and operated on as well, and is among the partitions to work on. Before anything is
 * claimed from a partition, what is paused in the others holds in it too. What concerns a whole
 * queue is done one partition after the other. Thread-safe.
 */
public final class PartitionedStore implements JobStore {

    private final JobStore store;
    private final Places places;
    private final Arrivals arrivals;
    private final JobTransitions transitions;
    private final WorkerDirectory workers;
    private final JobLedger ledger;
    private final JobOperations operations;
    private final JobSignals signals;

    /**
     * Spreads the queues of {@code store}.
     *
     * @param counts in how many partitions a queue is, 1 to {@value Partition#MOST}; the same answer at every call
     * @param nanos a monotonic clock
     */
    public PartitionedStore(JobStore store, ToIntFunction<String> counts, LongSupplier nanos) {
        this.store = store;
        JobLedger behind = store.ledger();
        Layouts layouts = new Layouts(behind, counts, nanos);
        places = new Places(layouts, behind);
        arrivals = new Arrivals(layouts, new Vacancies(behind, nanos), behind);
        transitions = new PartitionedTransitions(
                store.transitions(),
                places,
                arrivals,
                new InheritedPauses(layouts, behind, store.operations(), store.workers()));
        workers = new PartitionedDirectory(store.workers(), places);
        ledger = new PartitionedLedger(behind, places);
        operations = new PartitionedOperations(
                store.operations(),
                places,
                partition -> behind.counts(partition).active());
        signals = new PartitionedSignals(store.signals(), places);
    }

    /**
     * Returns what the other store calls the partition in which a job is to be stored. One that has an id which was
     * generated must be given another when that does not {@linkplain Partition#has fall} into it.
     *
     * @param inquiry asks {@link #holds}, perhaps for several callers at once
     * @throws io.jobqueue.InvalidJobException when its id, which was not generated, and its dedup key are in two
     * @throws io.jobqueue.StoreUnavailableException with {@code REFUSED} when a partition that may hold its id or its key
     *     does not answer, or the store has never told which there are
     */
    public String destination(String queue, Arrival arrival, Inquiry inquiry) {
        return arrivals.place(queue, arrival, inquiry);
    }

    /** Returns {@link #destination} of every job, in order, with few calls. */
    public List<String> destinations(String queue, List<Arrival> arriving) {
        return arrivals.places(queue, arriving, arrivals::holds);
    }

    /**
     * Returns the other store, whose queues are the partitions: for whoever knows a job's {@link #destination}, which would
     * be sought again here where a partition and a queue have the same name.
     */
    public JobStore behind() {
        return store;
    }

    /** Asks one partition what it holds; see {@link Inquiry}. */
    public List<Boolean> holds(String partition, List<Sought> sought) {
        return arrivals.holds(partition, sought);
    }

    /** Returns the partitions that jobs of a queue are enqueued to, without a call of the store. */
    public List<Partition> currentPartitions(String queue) {
        return places.current(queue).stream().map(Partition::named).toList();
    }

    /**
     * Returns the partitions of a queue to work on: those jobs are enqueued to, then those that the other store holds
     * besides.
     */
    public List<Partition> partitions(String queue) {
        return places.all(queue).stream().map(Partition::named).toList();
    }

    @Override
    public JobTransitions transitions() {
        return transitions;
    }

    @Override
    public Optional<DurableEnqueue> durableEnqueue() {
        return store.durableEnqueue().map(behind -> new PartitionedDurability(behind, arrivals));
    }

    @Override
    public JobNotes notes() {
        return store.notes();
    }

    @Override
    public WorkerDirectory workers() {
        return workers;
    }

    @Override
    public JobLedger ledger() {
        return ledger;
    }

    @Override
    public JobOperations operations() {
        return operations;
    }

    @Override
    public JobEvents events() {
        return store.events();
    }

    @Override
    public LeaderLock leaderLock() {
        return store.leaderLock();
    }

    @Override
    public JobSignals signals() {
        return signals;
    }

    @Override
    public StoreInfo info() {
        return store.info();
    }

    @Override
    public void close() {
        store.close();
    }
}
