package io.jobqueue.engine;

import io.jobqueue.JobId;
import io.jobqueue.engine.EngineListener.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * One run by a {@link JobDrain}.
 *
 * @param id the job
 * @param type the name that selects its handler
 * @param attempt the number of the run, from 1
 * @param outcome how the claim was settled; null when it was lost meanwhile and the run's outcome was dropped
 * @param failure what the handler threw, or why the payload could not be read or the result not written; null when
 *     nothing failed
 */
public record DrainedJob(
        JobId id,
        String type,
        int attempt,
        @Nullable Outcome outcome,
        @Nullable Throwable failure) {}
