package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobInterceptor;
import io.jobqueue.JobOutcomes;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.PayloadException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class JobInterceptorTests {

    private final List<String> events = new ArrayList<>();

    private static Extensions interceptors(JobInterceptor... interceptors) {
        return new Extensions(List.of(interceptors), List.of(), List.of());
    }

    private JobInterceptor noting(String name) {
        return (execution, chain) -> {
            events.add(name + " before");
            try {
                return chain.proceed();
            } finally {
                events.add(name + " after");
            }
        };
    }

    private WorkerBench bench(JobInterceptor... interceptors) {
        return WorkerBench.of(interceptors(interceptors), (payload, job) -> {
            events.add("handler");
            return "handled " + payload;
        });
    }

    private JobSnapshot jobRunBehind(JobInterceptor... interceptors) {
        try (WorkerBench bench = bench(interceptors)) {
            bench.enqueue("a");
            bench.work();
            return bench.job("a");
        }
    }

    @Test
    void firstInterceptorStandsAroundAllOthers() {
        JobSnapshot job = jobRunBehind(noting("first"), noting("second"));

        assertThat(job.result(String.class)).contains("handled a");
        assertThat(events).containsExactly("first before", "second before", "handler", "second after", "first after");
    }

    @Test
    void interceptorSeesTheJobAndItsPayload() {
        jobRunBehind((execution, chain) -> {
            events.add(execution.job().id().value() + " " + execution.payload());
            assertThat(execution).hasToString("JobExecution[job=work/a]");
            return chain.proceed();
        });

        assertThat(events).containsExactly("a a", "handler");
    }

    @Test
    void interceptorMayChangeTheResult() {
        JobSnapshot job = jobRunBehind((execution, chain) -> chain.proceed() + ", twice");

        assertThat(job.result(String.class)).contains("handled a, twice");
    }

    @Test
    void refusingInterceptorKeepsTheHandlerFromRunning() {
        JobSnapshot refused = jobRunBehind((execution, chain) -> {
            throw new PayloadException("not signed", null);
        });
        JobSnapshot putOff = jobRunBehind((execution, chain) -> {
            throw JobOutcomes.snooze(Duration.ofMinutes(1));
        });
        JobSnapshot failed = jobRunBehind((execution, chain) -> {
            throw new IllegalStateException("no connection");
        });

        assertThat(events).isEmpty();
        assertThat(refused).returns(JobState.FAILED, JobSnapshot::state).returns(1, JobSnapshot::attempts);
        assertThat(putOff).returns(JobState.SCHEDULED, JobSnapshot::state).returns(0, JobSnapshot::attempts);
        assertThat(failed).returns(JobState.SCHEDULED, JobSnapshot::state).returns(1, JobSnapshot::attempts);
        assertThat(Objects.requireNonNull(failed.error()).message()).isEqualTo("no connection");
    }

    @Test
    void interceptorMayEndTheJobInTheHandlersStead() {
        JobSnapshot job = jobRunBehind((execution, chain) -> "from the cache");

        assertThat(events).isEmpty();
        assertThat(job.result(String.class)).contains("from the cache");
    }

    @Test
    void failureOfTheHandlerPassesThroughAsItIs() {
        try (WorkerBench bench = WorkerBench.of(interceptors(noting("only")), (payload, job) -> {
            throw new java.io.IOException("mailbox full");
        })) {
            bench.enqueue("a");
            bench.work();

            assertThat(Objects.requireNonNull(bench.job("a").error()).summary())
                    .isEqualTo("java.io.IOException: mailbox full");
            assertThat(events).containsExactly("only before", "only after");
        }
    }

    @Test
    void proceedingAgainRunsTheHandlerAgain() {
        jobRunBehind((execution, chain) -> {
            chain.proceed();
            return chain.proceed();
        });

        assertThat(events).containsExactly("handler", "handler");
    }

    @Test
    void unreadablePayloadFailsBeforeAnyInterceptor() {
        try (WorkerBench bench = bench(noting("only"))) {
            bench.enqueue(JobRequest.of("type", Map.of("not", "a text")).id("a"));
            bench.work();

            assertThat(bench.job("a").state()).isEqualTo(JobState.FAILED);
            assertThat(events).isEmpty();
        }
    }
}
