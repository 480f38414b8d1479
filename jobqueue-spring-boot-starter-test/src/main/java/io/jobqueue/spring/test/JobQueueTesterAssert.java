package io.jobqueue.spring.test;

import io.jobqueue.JobSnapshot;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/** Assertions about what a test has enqueued; see {@link JobQueueAssertions}. */
public final class JobQueueTesterAssert extends AbstractAssert<JobQueueTesterAssert, JobQueueTester> {

    JobQueueTesterAssert(JobQueueTester actual) {
        super(actual, JobQueueTesterAssert.class);
    }

    /**
     * Verifies that exactly one job of a type waits or is delayed.
     *
     * @return assertions about that job
     */
    public JobAssert hasEnqueued(String type) {
        List<JobSnapshot> found = actual.enqueued(type);
        if (found.size() != 1) {
            failWithMessage(
                    "Expected one job of type '%s' to be enqueued, but there were %s: %s", type, found.size(), shown());
        }
        return new JobAssert(found.get(0)).describedAs("the job of type '%s'", type);
    }

    /** Verifies that so many jobs of a type wait or are delayed. */
    public JobQueueTesterAssert hasEnqueued(int jobs, String type) {
        List<JobSnapshot> found = actual.enqueued(type);
        if (found.size() != jobs) {
            failWithMessage(
                    "Expected %s jobs of type '%s' to be enqueued, but there were %s: %s",
                    jobs, type, found.size(), shown());
        }
        return this;
    }

    /** Verifies that no job waits or is delayed. */
    public JobQueueTesterAssert hasEnqueuedNothing() {
        if (!actual.enqueued().isEmpty()) {
            failWithMessage("Expected no job to be enqueued, but there were %s", shown());
        }
        return this;
    }

    private String shown() {
        return actual.enqueued().stream()
                .map(job -> job.id() + " (" + job.type() + ")")
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
