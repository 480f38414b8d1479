package io.jobqueue.spring.test;

import io.jobqueue.JobSnapshot;
import java.util.Optional;

/**
 * Assertions about jobs, beside those of AssertJ.
 *
 * <pre>{@code
 * assertThat(tester).hasEnqueued("welcome-mail").hasPayload(new WelcomeMail("ada")).isOnQueue("mails");
 * }</pre>
 */
public final class JobQueueAssertions {

    private JobQueueAssertions() {}

    /** Begins assertions about what a test has enqueued. */
    public static JobQueueTesterAssert assertThat(JobQueueTester actual) {
        return new JobQueueTesterAssert(actual);
    }

    /** Begins assertions about a job. */
    public static JobAssert assertThat(JobSnapshot actual) {
        return new JobAssert(actual);
    }

    /** Begins assertions about a job that was looked for; an empty one fails the first of them. */
    public static JobAssert assertThatJob(Optional<JobSnapshot> actual) {
        return new JobAssert(actual.orElse(null));
    }
}
