package io.jobqueue.engine;

import io.jobqueue.Durability;
import io.jobqueue.InvalidJobException;
import io.jobqueue.store.DurableEnqueue;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.Partition;
import java.util.Objects;

/** Chooses how the jobs of a queue are stored. Thread-safe. */
final class QueueWriters {

    private final JobStore store;
    private final Settings settings;
    private final OwnWorkers workers;

    /**
     * Checks that the store has what the settings ask for.
     *
     * @param store whose queues are the partitions: the partition of each job was found before
     * @param workers take jobs whose callers wait in this process
     * @throws InvalidJobException when it can confirm nothing and some queue asks it to
     */
    QueueWriters(JobStore store, Settings settings, OwnWorkers workers) {
        this.store = store;
        this.settings = settings;
        this.workers = workers;
        if (store.durableEnqueue().isEmpty()) {
            settings.durabilities().stream().findFirst().ifPresent(asked -> {
                throw unable(asked);
            });
        }
    }

    /** Returns what stores the jobs of a partition, as its queue asks for. */
    QueueWriter of(String queue) {
        DurabilitySettings asked = settings.of(Partition.queueOf(queue)).durability();
        Durability durability = Objects.requireNonNull(asked.durability());
        return durability.equals(Durability.NONE)
                ? new PlainWriter(queue, store.transitions(), workers)
                : new DurableWriter(queue, durable(durability), durability, Objects.requireNonNull(asked.timeout()));
    }

    private DurableEnqueue durable(Durability asked) {
        return store.durableEnqueue().orElseThrow(() -> unable(asked));
    }

    private static InvalidJobException unable(Durability asked) {
        return new InvalidJobException("durability " + asked
                + ": this store cannot tell whether anything else has a job; use Redis or Valkey, or set none");
    }
}
