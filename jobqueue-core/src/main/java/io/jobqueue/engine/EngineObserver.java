package io.jobqueue.engine;

import io.jobqueue.JobContext;
import io.jobqueue.JobId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stands around every call that stores jobs, and around every run, for traces. Called on the thread that enqueues or
 * runs: must return at once and be thread-safe. What it throws is logged and changes nothing else. An engine without
 * one spends nothing on it.
 */
public interface EngineObserver {

    /**
     * Jobs are about to be stored by one call of the application.
     *
     * @param jobs one or more, in the order of the call
     * @return what is told of the end; on the same thread, before the call returns
     */
    Enqueueing enqueueing(List<NewcomerJob> jobs);

    /**
     * A claimed job is about to run.
     *
     * @param job the running job
     * @param handled whether this process has a handler for its type; otherwise it is handed back
     * @return what is told of the end; on the same thread
     */
    Running running(JobContext job, boolean handled);

    /**
     * A job that is about to be stored.
     *
     * @param id its queue, and the id it asks for
     * @param type its type
     */
    record NewcomerJob(JobId id, String type) {}

    /** A call that stores jobs, from the beginning to the end. */
    interface Enqueueing {

        /**
         * Returns headers that every job of the call gets, in place of its own of the same name. One that is no header, see
         * {@link io.jobqueue.JobRequest.Builder#header}, or for which there is no room, is left out.
         */
        Map<String, String> headers();

        /**
         * The call is over.
         *
         * @param failure what the caller gets in place of an answer; null when the store has answered
         */
        void ended(@Nullable Throwable failure);
    }

    /** A run, from the beginning to the end. */
    interface Running {

        /**
         * The run is over and what follows is decided, though the store is yet to be told.
         *
         * @param outcome what follows; null when that was decided before the end, since the lease was lost or the handler
         *     was not waited for any longer: what the run would have led to is dropped
         * @param failure what the attempt failed with; null when it did not, or was not made
         */
        void ended(EngineListener.@Nullable Outcome outcome, @Nullable Throwable failure);
    }
}
