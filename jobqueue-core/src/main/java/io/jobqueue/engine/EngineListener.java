package io.jobqueue.engine;

import java.time.Duration;

/**
 * Is told what the engine does, for meters. Called on the engine's threads: must return at once and be
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
     * @param loop what it did: {@code worker}, {@code watch}, {@code leases}, {@code deadlines} or {@code maintenance} */
    default void loopReplaced(String loop) {}

    /** A call of the store failed. */
    default void storeFailed(String queue) {}
}
