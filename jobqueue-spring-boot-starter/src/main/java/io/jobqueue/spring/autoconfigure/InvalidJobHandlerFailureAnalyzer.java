package io.jobqueue.spring.autoconfigure;

import io.jobqueue.spring.InvalidJobHandlerException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells which handler method cannot be used and what to do about it. */
class InvalidJobHandlerFailureAnalyzer extends AbstractFailureAnalyzer<InvalidJobHandlerException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidJobHandlerException cause) {
        return new FailureAnalysis(cause.getMessage() + ".", cause.action(), cause);
    }
}
