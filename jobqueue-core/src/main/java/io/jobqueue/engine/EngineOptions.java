package io.jobqueue.engine;

import io.jobqueue.EnqueueTiming;
import io.jobqueue.store.partition.PartitionedStore;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What an engine works with, decided once.
 *
 * @param store where the jobs are
 * @param codecs write and read payloads and results, and encrypt them
 * @param upcasters bring stored payloads to the version a handler reads
 * @param settings of all queues
 * @param workerName what people call the workers of this engine
 * @param executor runs handlers; null for threads of the engine's own
 * @param shutdownTimeout how long a stop waits for running handlers
 * @param interruptGrace how long a run may take to end after its timeout or a cancel told it to stop
 * @param claimWait about how long an idle worker waits for a hint before it looks by itself
 * @param stuckAfter how long a step of a loop may take before another thread takes over
 * @param maxPayloadBytes the largest payload, and the largest result
 * @param extensions code of the application that takes part in every job
 * @param observer stands around every enqueue and every run
 * @param transactions know what jobs can wait for
 * @param enqueueTiming what jobs wait for that do not say it
 * @param workers the workers of the engine
 * @param replies the callers of the engine that wait for jobs
 * @param context what all loops share
 */
record EngineOptions(
        PartitionedStore store,
        Codecs codecs,
        Upcasters upcasters,
        Settings settings,
        String workerName,
        @Nullable Executor executor,
        Duration shutdownTimeout,
        Duration interruptGrace,
        Duration claimWait,
        Duration stuckAfter,
        int maxPayloadBytes,
        Extensions extensions,
        Observer observer,
        TransactionBoundary transactions,
        EnqueueTiming enqueueTiming,
        OwnWorkers workers,
        OwnReplies replies,
        LoopContext context) {}
