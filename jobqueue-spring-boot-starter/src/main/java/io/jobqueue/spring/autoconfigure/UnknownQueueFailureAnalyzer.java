package io.jobqueue.spring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells which queues are known to the handlers or to the configuration only. */
class UnknownQueueFailureAnalyzer extends AbstractFailureAnalyzer<UnknownQueueException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnknownQueueException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Correct the names. jobqueue.worker.strict-queues is true, so every queue of a handler, but"
                        + " 'default', needs a property under jobqueue.queues, such as"
                        + " jobqueue.queues.<name>.concurrency, and every queue there needs a handler in this process;"
                        + " set it to false where it is meant to be otherwise.",
                cause);
    }
}
