package io.jobqueue.sample.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Enqueued;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.sample.Answer;
import io.jobqueue.sample.RunningSample;
import io.jobqueue.sample.SampleClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RunningSample
class JobControllerTests {

    @Autowired
    private JobQueue jobQueue;

    private SampleClient sample;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        sample = new SampleClient(port);
    }

    @Test
    void aJobIsShownWithAndWithoutItsQueue() {
        enqueueForTomorrow("shown");

        Answer job = sample.get("/jobs/letters/shown");

        assertThat(job.json())
                .containsEntry("id", "shown")
                .containsEntry("state", "SCHEDULED")
                .containsEntry("attempts", 0)
                .containsKey("dueAt")
                .doesNotContainKeys("result", "error", "progress");
        assertThat(sample.get("/jobs/shown").json()).isEqualTo(job.json());
    }

    @Test
    void aJobThatHasNotStartedIsCancelledOnce() {
        enqueueForTomorrow("cancelled");

        assertThat(sample.delete("/jobs/cancelled").json()).containsEntry("cancellation", "CANCELLED");
        assertThat(sample.get("/jobs/cancelled").json()).containsEntry("state", "CANCELLED");
        assertThat(sample.delete("/jobs/letters/cancelled").status()).isEqualTo(409);
    }

    @Test
    void whatIsUnknownIsNotFound() {
        for (Answer answer : List.of(
                sample.get("/jobs/nobody"),
                sample.get("/jobs/letters/nobody"),
                sample.delete("/jobs/nobody"),
                sample.delete("/jobs/letters/nobody"))) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.contentType()).startsWith("application/problem+json");
        }
    }

    @Test
    void queuesAreCounted() {
        enqueueForTomorrow("counted");

        assertThat(body(sample.get("/queues"))).contains("\"queue\":\"letters\",\"scheduled\":");
    }

    @Test
    void theIndexAndTheHealthAreServed() {
        assertThat(body(sample.get("/"))).contains("POST   /thumbnails");
        assertThat(sample.get("/actuator/health").json()).containsEntry("status", "UP");
        assertThat(body(sample.get("/actuator/health"))).contains("\"kind\":\"memory\"");
        assertThat(sample.get("/actuator/metrics/jobqueue.worker.slots").status())
                .isEqualTo(200);
    }

    private void enqueueForTomorrow(String id) {
        Enqueued enqueued = jobQueue.enqueue(JobRequest.of("letter")
                .queue("letters")
                .id(id)
                .delay(Duration.ofDays(1))
                .build());
        assertThat(enqueued.isNew()).isTrue();
    }

    private static String body(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
