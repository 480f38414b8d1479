package io.jobqueue.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jobqueue.JobFailedException;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.spring.autoconfigure.StarterContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Which errors a handler's annotation lets the engine retry. */
class HandlerErrorsTests {

    private final ApplicationContextRunner runner = StarterContext.runner()
            .withPropertyValues("jobqueue.defaults.backoff.initial=0s", "jobqueue.defaults.backoff.jitter=0")
            .withBean(Handlers.class);

    @Test
    void errorTheAnnotationExcludesFailsTheJobAtOnce() {
        runner.run(context -> {
            assertThat(failed(context.getBean(JobQueue.class), "excluding", "missing")
                            .attempts())
                    .isEqualTo(1);
            assertThat(failed(context.getBean(JobQueue.class), "excluding", "broken")
                            .attempts())
                    .isEqualTo(3);
        });
    }

    @Test
    void onlyErrorsTheAnnotationNamesAreRetried() {
        runner.run(context -> {
            assertThat(failed(context.getBean(JobQueue.class), "naming", "broken")
                            .attempts())
                    .isEqualTo(3);
            assertThat(failed(context.getBean(JobQueue.class), "naming", "wrong")
                            .attempts())
                    .isEqualTo(1);
        });
    }

    private static JobSnapshot failed(JobQueue jobQueue, String type, String error) {
        JobFailedException[] failure = new JobFailedException[1];
        assertThatExceptionOfType(JobFailedException.class)
                .isThrownBy(() -> jobQueue.enqueueAndWait(
                        JobRequest.of(type, error).build(), String.class, Duration.ofSeconds(20)))
                .satisfies(thrown -> failure[0] = thrown);
        return jobQueue.find(failure[0].id()).orElseThrow();
    }

    static class Handlers {

        @JobHandler(type = "excluding", noRetryFor = FileNotFoundException.class)
        void excluding(String error) throws IOException {
            fail(error);
        }

        @JobHandler(type = "naming", retryFor = IOException.class)
        void naming(String error) throws IOException {
            fail(error);
        }

        private static void fail(String error) throws IOException {
            switch (error) {
                case "missing" -> throw new FileNotFoundException(error);
                case "broken" -> throw new IOException(error);
                default -> throw new IllegalStateException(error);
            }
        }
    }
}
