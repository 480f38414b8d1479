package io.jobqueue.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.helpers.NOPMDCAdapter;

/**
 * Names a job in the MDC of the calling thread, for every line that is logged about it. Restoring leaves the MDC as it
 * was found, whatever was put there meanwhile. Belongs to the thread that named the job.
 */
final class JobMdc {

    static final String ID = "jobqueue.job.id";
    static final String TYPE = "jobqueue.job.type";
    static final String ATTEMPT = "jobqueue.job.attempt";
    static final String QUEUE = "jobqueue.queue";

    /** Without an MDC, where the logger has none, there is nothing to restore either. */
    private static final JobMdc NONE = new JobMdc(null);

    private final @Nullable Map<String, String> before;

    private JobMdc(@Nullable Map<String, String> before) {
        this.before = before;
    }

    /** Says something about {@code job}. */
    static void during(RunningJob job, Runnable saying) {
        JobMdc mdc = name(job);
        try {
            saying.run();
        } finally {
            mdc.restore();
        }
    }

    /** Names {@code job} until the answer restores the MDC. */
    static JobMdc name(RunningJob job) {
        if (MDC.getMDCAdapter() instanceof NOPMDCAdapter) {
            return NONE;
        }
        JobMdc mdc = new JobMdc(MDC.getCopyOfContextMap());
        MDC.put(ID, job.token().jobId());
        MDC.put(TYPE, job.type());
        MDC.put(ATTEMPT, String.valueOf(job.attempt()));
        MDC.put(QUEUE, job.queue());
        return mdc;
    }

    void restore() {
        if (before == null || before.isEmpty()) {
            MDC.clear();
        } else {
            MDC.setContextMap(before);
        }
    }
}
