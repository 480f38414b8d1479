package io.jobqueue.spring.test.app;

import static io.jobqueue.spring.test.JobQueueAssertions.assertThat;

import io.jobqueue.Enqueued;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.spring.test.JobQueueTest;
import io.jobqueue.spring.test.JobQueueTester;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@JobQueueTest(
        properties = {
            "jobqueue.queues.mails.durability=replica(1)",
            "jobqueue.queues.bulk.durability=aof",
            "jobqueue.queues.bulk.partitions=3"
        })
class DurableQueueTests {

    @Autowired
    private JobQueue jobQueue;

    @Autowired
    private JobQueueTester tester;

    @Test
    void jobOfADurableQueueIsConfirmedAndRuns() {
        jobQueue.enqueue("mail", new Mail("ada"));

        assertThat(tester).hasEnqueued("mail").isOnQueue("mails");
        org.assertj.core.api.Assertions.assertThat(tester.drain("mails")).hasSize(1);
    }

    @Test
    void jobsOfADurableQueueInPartitionsAreConfirmed() {
        List<JobRequest> requests = List.of(
                JobRequest.of("mail", new Mail("ada")).queue("bulk").build(),
                JobRequest.of("mail", new Mail("bob")).queue("bulk").build());

        org.assertj.core.api.Assertions.assertThat(jobQueue.enqueueAll(requests))
                .allMatch(Enqueued::isNew);
        org.assertj.core.api.Assertions.assertThat(jobQueue.counts("bulk").waiting())
                .isEqualTo(2);
    }
}
