package io.jobqueue.spring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells why the store cannot be opened and what to do about it. */
class JobStoreStartFailureAnalyzer extends AbstractFailureAnalyzer<JobStoreStartException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, JobStoreStartException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
