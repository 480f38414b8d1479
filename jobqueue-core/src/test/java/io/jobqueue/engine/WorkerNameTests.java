package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Attempt;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobError;
import io.jobqueue.JobId;
import io.jobqueue.JobRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the workers of an engine are called. */
class WorkerNameTests extends EngineBench {

    @Test
    void enginesOfOneProcessAreCalledDifferently() {
        assertThat(engine((payload, job) -> null).workerName())
                .contains("-" + ProcessHandle.current().pid() + "-")
                .isNotEqualTo(engine((payload, job) -> null).workerName());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"web-1", "", "größe\n{}", "host.name_with.a.label.that.is.longer.than.a.name.may.ever.become"})
    void anyHostGivesAName(String host) {
        assertThat(WorkerName.of(host, Long.MAX_VALUE)).matches("[A-Za-z0-9._-]{1,64}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"})
    void nameOutOfBoundsIsRefused(String name) {
        JobEngine.Builder builder = JobEngine.builder(store);

        assertThatThrownBy(() -> builder.workerName(name))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("worker name")
                .hasMessageContaining(name.isBlank() ? "1 to 64" : "");
    }

    @Test
    void givenNameStandsInTheHistory() {
        JobEngine engine = engine((payload, job) -> payload, builder -> builder.workerName("blue 1"));
        engine.start();

        engine.jobQueue().enqueueAndWait(job("a"), String.class, BOUND);

        assertThat(engine.jobQueue().history(JobId.of(QUEUE, "a")))
                .singleElement()
                .satisfies(attempt -> {
                    assertThat(attempt.worker()).isEqualTo("blue 1").isEqualTo(engine.workerName());
                    assertThat(attempt.end()).isEqualTo(Attempt.End.COMPLETED);
                    assertThat(attempt.endedAt()).isAfterOrEqualTo(attempt.startedAt());
                });
        assertThat(engine.jobQueue().queue(QUEUE).history("a"))
                .isEqualTo(engine.jobQueue().history(JobId.of(QUEUE, "a")));
    }

    @Test
    void timeoutIsTheErrorOfAFailedAttempt() {
        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> null)) {
            bench.enqueue(JobRequest.of("type", "a").id("a").timeout(WorkerBench.STEP));
            bench.settle();
            RunningJob job = bench.worker.lease().current().jobs().iterator().next();
            job.enter(WorkerBench.STEP);

            job.halt(Halt.TIMEOUT);
            bench.worker.runs().giveUp(job);
            job.leave();
            bench.settle();

            assertThat(bench.queue.history(job.id())).singleElement().satisfies(attempt -> {
                assertThat(attempt.end()).isEqualTo(Attempt.End.FAILED);
                assertThat(attempt.worker()).isEqualTo(WorkerBench.WORKER);
                assertThat(attempt.error()).isNotNull().returns(JobError.TIMEOUT, JobError::type);
            });
        }
    }
}
