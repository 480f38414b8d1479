package io.jobqueue.spring.test.app;

import io.jobqueue.spring.JobHandler;

/** A handler method for others to inherit. */
public abstract class AbstractReminders {

    @JobHandler("reminder")
    void remind(String reader) {}
}
