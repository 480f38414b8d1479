package io.jobqueue.engine;

import io.jobqueue.JobEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Is told what the engine does, for meters and events. Called on the engine's threads: must return at once and be
 * thread-safe. All methods do nothing by default.
 */
public interface EngineListener {

    /** How a claim ended. */
    enum Outcome {
        /** The handler returned. */
        COMPLETED,
        /** The attempt failed, another follows. */
        RETRIED,
        /** The job failed for good. */
        FAILED,
        /** The job was cancelled, by somebody or by its handler. */
        CANCELLED,
        /** The claim was given back without a charge: by a stop, for want of a handler, or put off by its handler. */
        RELEASED
    }

    /** Ignores everything. */
    EngineListener NONE = new EngineListener() {};

    /** A job was claimed and is about to run.
     *
     * @param waited since it could have been claimed, by the store's clock */
    default void started(String queue, String type, Duration waited) {}

    /** The store accepted a settlement.
     *
     * @param ran how long the attempt took */
    default void settled(String queue, String type, Outcome outcome, Duration ran) {}

    /** Claims were lost to an expired lease; their outcomes are dropped. */
    default void leaseLost(String queue, int claims) {}

    /** The leader in this process took claims over from lost workers. */
    default void reaped(String queue, int claims) {}

    /** A thread of the engine has died or hung, and another has taken its work over.
     *
     * @param loop what it did: {@code worker}, {@code watch}, {@code leases}, {@code deadlines}, {@code maintenance},
     *     {@code replies} or {@code events} */
    default void loopReplaced(String loop) {}

    /** A call of the store failed. */
    default void storeFailed(String queue) {}

    /**
     * Returns whether {@link #happened} is told of every step of every job, which costs a little for each; otherwise only
     * of jobs that have failed for good. Asked once, when the engine is built.
     */
    default boolean followsJobs() {
        return false;
    }

    /**
     * This engine has made a step with a job: stored it, begins to run it, or the store has accepted how its run has ended
     * or what becomes of the job of a lost worker. Of {@link JobEvent.Kind#FAILED} in any case, of all others when this
     * listener {@linkplain #followsJobs() follows jobs}.
     */
    default void happened(JobStep step) {}

    /** The application has paused a queue by this engine, whether it was paused before or not.
     *
     * @param type the type that was paused in it; null when it was the whole queue */
    default void paused(String queue, @Nullable String type) {}

    /** The application has ended a pause of a queue by this engine, whether there was one or not.
     *
     * @param type the type that is no longer paused in it; null when it is the whole queue */
    default void resumed(String queue, @Nullable String type) {}
}
