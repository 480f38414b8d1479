package io.jobqueue.engine;

import io.jobqueue.JobError;
import io.jobqueue.Names;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells now and then of jobs that failed for good: not of each, since every one of them is in the store with
 * its error. Thread-safe.
 */
final class FailureLog {

    private static final Logger log = LoggerFactory.getLogger(FailureLog.class);

    private final LogLimit limit;

    FailureLog(LongSupplier nanos) {
        limit = new LogLimit(nanos);
    }

    void jobFailed(RunningJob job, JobError error) {
        if (limit.admits()) {
            JobMdc.during(
                    job,
                    () -> log.warn(
                            "Job {} of type '{}' failed for good in attempt {}: {}; its error is kept with it",
                            job.id(),
                            job.type(),
                            job.attempt(),
                            Names.shown(error.summary())));
        }
    }
}
