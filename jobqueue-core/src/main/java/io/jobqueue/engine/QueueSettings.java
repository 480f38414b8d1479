package io.jobqueue.engine;

import io.jobqueue.Backoff;
import io.jobqueue.Durability;
import io.jobqueue.Durations;
import io.jobqueue.InvalidJobException;
import io.jobqueue.Names;
import io.jobqueue.RetryPolicy;
import io.jobqueue.StallPolicy;
import io.jobqueue.store.Partition;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one queue is worked off, as far as one source says it. A null leaves the choice to the next source;
 * see {@link #orElse}.
 *
 * @param concurrency how many jobs of the queue this process runs at once
 * @param lease how long claims hold without renewal; they are renewed at a third of it
 * @param jobs how its jobs run
 * @param stall what becomes of its jobs when their worker is lost
 * @param limits how many of its ended jobs are kept
 * @param types the only types of jobs that the worker of this process claims from the queue, at most {@value #MOST_TYPES};
 *     empty for every type. Jobs of other types wait for other processes
 * @param order which of the waiting jobs runs first; read where jobs are enqueued
 * @param durability how durable its jobs are when their enqueue is acknowledged
 * @param partitions in how many partitions the queue is, at most {@value Partition#MOST}; the same in every process. Order
 *     holds in each of them
 */
public record QueueSettings(
        @Nullable Integer concurrency,
        @Nullable Duration lease,
        JobSettings jobs,
        StallSettings stall,
        RetentionLimits limits,
        @Nullable Set<String> types,
        @Nullable QueueOrder order,
        DurabilitySettings durability,
        @Nullable Integer partitions) {

    /** Above the constants that are checked against it. */
    private static final Duration SHORTEST_LEASE = Duration.ofMillis(500);

    /** Says nothing. */
    public static final QueueSettings NONE = new QueueSettings(null, null, JobSettings.NONE);

    /** What holds when nobody says anything; no null but the timeout, which is none. */
    public static final QueueSettings BUILT_IN = new QueueSettings(
            10,
            Duration.ofSeconds(30),
            new JobSettings(
                    3,
                    RetryPolicy.backoff(Backoff.DEFAULT),
                    null,
                    Duration.ofHours(1),
                    Duration.ofDays(14),
                    Duration.ofHours(1),
                    Set.of(),
                    Set.of()),
            new StallSettings(StallPolicy.REQUEUE, 3),
            RetentionLimits.NONE,
            Set.of(),
            QueueOrder.FIFO,
            new DurabilitySettings(Durability.NONE, Duration.ofSeconds(2)),
            1);

    /** The most jobs one worker runs at once. */
    public static final int MOST_CONCURRENT = 100_000;

    /** The most types a worker can name. */
    public static final int MOST_TYPES = 100;

    /** Copies the types and checks the bounds.
     *
     * @throws InvalidJobException naming the value that is out of bounds */
    public QueueSettings {
        if (concurrency != null && (concurrency < 1 || concurrency > MOST_CONCURRENT)) {
            throw new InvalidJobException("concurrency " + concurrency + ": must be 1 to " + MOST_CONCURRENT);
        }
        if (lease != null && Durations.requirePositive("lease", lease).compareTo(SHORTEST_LEASE) < 0) {
            throw new InvalidJobException("lease " + lease + ": must be at least " + SHORTEST_LEASE);
        }
        if (types != null) {
            types.forEach(type -> Names.require("type", type));
            if (types.size() > MOST_TYPES) {
                throw new InvalidJobException("types: are " + types.size() + "; name at most " + MOST_TYPES);
            }
            types = Set.copyOf(types);
        }
        if (partitions != null && (partitions < 1 || partitions > Partition.MOST)) {
            throw new InvalidJobException("partitions " + partitions + ": must be 1 to " + Partition.MOST);
        }
    }

    /**
     * Says nothing of anything else.
     *
     * @throws InvalidJobException naming the value that is out of bounds
     */
    public QueueSettings(@Nullable Integer concurrency, @Nullable Duration lease, JobSettings jobs) {
        this(
                concurrency,
                lease,
                jobs,
                StallSettings.NONE,
                RetentionLimits.NONE,
                null,
                null,
                DurabilitySettings.NONE,
                null);
    }

    /** Returns these settings with other words on lost workers. */
    public QueueSettings withStall(StallSettings stall) {
        return new QueueSettings(concurrency, lease, jobs, stall, limits, types, order, durability, partitions);
    }

    /** Returns these settings with other limits of what is kept. */
    public QueueSettings withLimits(RetentionLimits limits) {
        return new QueueSettings(concurrency, lease, jobs, stall, limits, types, order, durability, partitions);
    }

    /** Returns these settings with other words on the types that are claimed; null leaves the choice to the next source. */
    public QueueSettings withTypes(@Nullable Set<String> types) {
        return new QueueSettings(concurrency, lease, jobs, stall, limits, types, order, durability, partitions);
    }

    /** Returns these settings with another order; null leaves the choice to the next source. */
    public QueueSettings withOrder(@Nullable QueueOrder order) {
        return new QueueSettings(concurrency, lease, jobs, stall, limits, types, order, durability, partitions);
    }

    /** Returns these settings with other words on the durability of its jobs. */
    public QueueSettings withDurability(DurabilitySettings durability) {
        return new QueueSettings(concurrency, lease, jobs, stall, limits, types, order, durability, partitions);
    }

    /** Returns these settings with another number of partitions; null leaves the choice to the next source. */
    public QueueSettings withPartitions(@Nullable Integer partitions) {
        return new QueueSettings(concurrency, lease, jobs, stall, limits, types, order, durability, partitions);
    }

    /** Returns these settings with every null taken from {@code other}. */
    public QueueSettings orElse(QueueSettings other) {
        return new QueueSettings(
                concurrency != null ? concurrency : other.concurrency,
                lease != null ? lease : other.lease,
                jobs.orElse(other.jobs),
                stall.orElse(other.stall),
                limits.orElse(other.limits),
                types != null ? types : other.types,
                order != null ? order : other.order,
                durability.orElse(other.durability),
                partitions != null ? partitions : other.partitions);
    }
}
