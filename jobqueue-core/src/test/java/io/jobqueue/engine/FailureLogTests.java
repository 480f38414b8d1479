package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Backoff;
import io.jobqueue.Handler;
import io.jobqueue.JobError;
import io.jobqueue.JobRequest;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.memory.MemoryStore;
import io.jobqueue.testkit.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class FailureLogTests {

    private static final String SECRET = "4000-1234";

    private static final Handler<String, Object> BROKEN = (payload, job) -> {
        throw new IllegalStateException("no card " + SECRET, new IOException("refused " + SECRET));
    };

    private static JobRequest.Builder request(String id, int attempts) {
        return JobRequest.of("type", "a").id(id).maxAttempts(attempts).backoff(Backoff.fixed(Duration.ofMinutes(1)));
    }

    private static RunningJob claimed(WorkerBench bench) {
        bench.enqueue("a");
        bench.settle();
        return bench.worker.lease().current().jobs().iterator().next();
    }

    private static JobError error(RunningJob job) {
        JobError error = ErrorText.of(new IllegalStateException(SECRET));
        job.failed(new IllegalStateException(SECRET));
        return error;
    }

    @Test
    void attemptThatIsRetriedIsToldWithWhereItFailedAndWithoutMessages() {
        try (WorkerBench bench = WorkerBench.of(1, BROKEN);
                LogLines log = new LogLines()) {
            bench.enqueue(request("a", 2));
            bench.work();

            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "Job work/a of type 'type' failed in attempt 1, the next is due in PT1M; its error is kept"
                                    + " with it: java.lang.IllegalStateException\n\tat io.jobqueue.engine.FailureLogTests")
                    .contains("\nCaused by: java.io.IOException\n\tat io.jobqueue.engine.FailureLogTests")
                    .doesNotContain(SECRET, HandlerCall.class.getName())
                    .doesNotEndWith("\n");
            assertThat(log.stackTraces()).isZero();
        }
    }

    @Test
    void failureForGoodIsToldThoughOneThatIsRetriedHasJustBeen() {
        try (WorkerBench bench = WorkerBench.of(1, BROKEN);
                LogLines log = new LogLines()) {
            bench.enqueue(request("a", 2));
            bench.enqueue(request("b", 1));
            bench.work();

            assertThat(log.messages()).hasSize(2);
            assertThat(log.messages().get(1))
                    .startsWith("Job work/b of type 'type' failed for good in attempt 1; its error is kept with it:"
                            + " java.lang.IllegalStateException\n\tat io.jobqueue.engine.FailureLogTests")
                    .doesNotContain(SECRET);
        }
    }

    @Test
    void lineOfATypeIsFollowedByTheNextTenSecondsLaterWithWhatWasLeftOut() {
        try (WorkerBench bench = WorkerBench.of(20, BROKEN);
                LogLines log = new LogLines()) {
            for (int i = 0; i < 10; i++) {
                bench.enqueue(request("job-" + i, 2));
            }
            bench.work();
            assertThat(log.messages()).hasSize(1).first().asString().doesNotContain("more of the type");

            bench.clock.advance(Duration.ofSeconds(10));
            bench.enqueue(request("last", 2));
            bench.work();

            assertThat(log.messages()).hasSize(2);
            assertThat(log.messages().get(1))
                    .contains("Job work/last", "(9 more of the type since the last such line)");
        }
    }

    @Test
    void partitionsOfAQueueShareTheLinesOfATypeThatFailsForGood() throws Exception {
        int jobs = 60;
        try (MemoryStore store = new MemoryStore();
                LogLines log = new LogLines()) {
            try (JobEngine engine = JobEngine.builder(store)
                    .queue("work", new QueueSettings(20, null, JobSettings.NONE).withPartitions(6))
                    .handler(HandlerDefinition.of("type", "work", String.class, BROKEN))
                    .build()) {
                for (int i = 0; i < jobs; i++) {
                    engine.jobQueue()
                            .enqueue(request("job-" + i, 1).queue("work").build());
                }
                engine.start();
                Patience.until(
                        "all have failed",
                        Duration.ofSeconds(20),
                        () -> engine.jobQueue().counts("work").failed() == jobs);
            }

            assertThat(log.messages())
                    .filteredOn(message -> message.contains("failed for good"))
                    .hasSize(1);
        }
    }

    @Test
    void typesDoNotHoldEachOtherBack() {
        LogLimits limits = new LogLimits(() -> 0);

        assertThat(limits.admits("a")).hasValue(0);
        assertThat(limits.admits("a")).isEmpty();
        assertThat(limits.admits("b")).hasValue(0);
    }

    @Test
    void typesWithoutEndShareALimit() {
        LogLimits limits = new LogLimits(() -> 0);
        long lines = 0;
        for (int i = 0; i < 3 * LogLimits.MOST_TYPES; i++) {
            lines += limits.admits("type " + i).isPresent() ? 1 : 0;
        }

        assertThat(lines).isEqualTo(LogLimits.MOST_TYPES + 1);
        assertThat(limits.admits("type 0")).isEmpty();
    }

    @Test
    void reasonOfTheEngineIsSaidAndWhereTheHandlerWasHeldUp() {
        try (WorkerBench bench = WorkerBench.of(1, BROKEN);
                LogLines log = new LogLines()) {
            RunningJob job = claimed(bench);
            job.failed(new InterruptedException(SECRET));

            new FailureLog(() -> 0).jobFailed(job, new JobError(JobError.TIMEOUT, "ran longer than PT1S", ""));

            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains(
                            ": TIMEOUT: ran longer than PT1S\njava.lang.InterruptedException\n\tat io.jobqueue.engine")
                    .doesNotContain(SECRET);
        }
    }

    @Test
    void errorThatIsKnownByItsTextOnlyIsNamedByItsClass() {
        try (WorkerBench bench = WorkerBench.of(1, BROKEN);
                LogLines log = new LogLines()) {
            RunningJob job = claimed(bench);
            JobError error = error(job);
            job.failed(null);

            new FailureLog(() -> 0).jobFailed(job, error);

            assertThat(log.messages()).singleElement().asString().endsWith(": java.lang.IllegalStateException");
        }
    }

    @Test
    void framesThatWereMadeUpStayOnTheirLine() {
        IllegalStateException error = new IllegalStateException(SECRET);
        error.setStackTrace(
                new StackTraceElement[] {new StackTraceElement("some.Type", "method\nWARN all is lost", "Type.java", 1)
                });

        assertThat(ErrorText.trace(error))
                .isEqualTo(
                        "java.lang.IllegalStateException\n\tat some.Type.method\\u000AWARN all is lost(Type.java:1)");
    }

    @Test
    void linesNameTheJobAndLeaveTheMdcAsItWas() {
        MDC.put("tenant", "acme");
        try (WorkerBench bench = WorkerBench.of(1, BROKEN);
                LogLines log = new LogLines()) {
            RunningJob job = claimed(bench);
            FailureLog failures = new FailureLog(() -> 0);

            failures.attemptFailed(job, new Settlement.Retry(job.token(), Duration.ofSeconds(1), error(job)));
            failures.jobFailed(job, error(job));

            assertThat(log.mdcs())
                    .hasSize(2)
                    .allSatisfy(mdc -> assertThat(mdc)
                            .containsEntry("jobqueue.job.id", "a")
                            .containsEntry("jobqueue.job.type", "type")
                            .containsEntry("tenant", "acme"));
            assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("tenant", "acme"));
        } finally {
            MDC.clear();
        }
    }
}
