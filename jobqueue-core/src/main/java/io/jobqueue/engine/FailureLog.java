package io.jobqueue.engine;

import io.jobqueue.JobError;
import io.jobqueue.Names;
import io.jobqueue.store.Settlement;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of failures without a flood: of each job type now and then of an attempt that another follows, and now and then of
 * a job that failed for good, with where the error was thrown. Messages of errors are left out, for they may quote a
 * payload; each is in the store with its job. Thread-safe.
 */
final class FailureLog {

    private static final Logger log = LoggerFactory.getLogger(FailureLog.class);

    private static final int LONGEST_REASON = 512;

    private final LogLimits retried;
    private final LogLimits failed;

    FailureLog(LongSupplier nanos) {
        retried = new LogLimits(nanos);
        failed = new LogLimits(nanos);
    }

    /** Tells of an attempt that another follows. */
    void attemptFailed(RunningJob job, Settlement.Retry retry) {
        retried.admits(job.type())
                .ifPresent(leftOut -> JobMdc.during(
                        job,
                        () -> log.warn(
                                "Job {} of type '{}' failed in attempt {}, the next is due in {}; its error is kept with"
                                        + " it{}: {}",
                                job.id(),
                                job.type(),
                                job.attempt(),
                                retry.delay(),
                                others(leftOut),
                                reason(job, retry.error()))));
    }

    /** Tells of a job that failed for good. */
    void jobFailed(RunningJob job, JobError error) {
        failed.admits(job.type())
                .ifPresent(leftOut -> JobMdc.during(
                        job,
                        () -> log.warn(
                                "Job {} of type '{}' failed for good in attempt {}; its error is kept with it{}: {}",
                                job.id(),
                                job.type(),
                                job.attempt(),
                                others(leftOut),
                                reason(job, error))));
    }

    private static String others(long leftOut) {
        return leftOut == 0 ? "" : " (" + leftOut + " more of the type since the last such line)";
    }

    /** A reason of the engine's own quotes nothing, and what the handler threw may show where it was held up. */
    private static String reason(RunningJob job, JobError error) {
        Throwable failure = job.failure();
        if (!error.stack().isEmpty()) {
            return failure == null ? error.type() : ErrorText.trace(failure);
        }
        String reason = Names.shown(error.summary(), LONGEST_REASON);
        return failure == null ? reason : reason + "\n" + ErrorText.trace(failure);
    }
}
