package io.jobqueue.spring.autoconfigure;

import java.util.List;

/** Handlers and configuration do not name the same queues. The application does not start. */
class UnknownQueueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param unknown one sentence a queue that is known to one side only */
    UnknownQueueException(List<String> unknown) {
        super(String.join(System.lineSeparator(), unknown));
    }
}
