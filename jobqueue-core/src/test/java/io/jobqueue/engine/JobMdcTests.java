package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobInterceptor;
import io.jobqueue.JobOutcomes;
import io.jobqueue.JobRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class JobMdcTests extends EngineBench {

    private final List<Map<String, String>> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void clearMdc() {
        MDC.clear();
    }

    private @Nullable String note() {
        Map<String, String> mdc = MDC.getCopyOfContextMap();
        seen.add(mdc == null ? Map.of() : new TreeMap<>(mdc));
        return null;
    }

    private static Map<String, String> names(String id, int attempt) {
        return Map.of(
                "jobqueue.job.id",
                id,
                "jobqueue.job.type",
                "type",
                "jobqueue.job.attempt",
                String.valueOf(attempt),
                "jobqueue.queue",
                WorkerBench.QUEUE);
    }

    @Test
    void handlerAndItsInterceptorsFindTheJob() {
        JobInterceptor noting = (execution, chain) -> {
            note();
            Object result = chain.proceed();
            note();
            return result;
        };
        Extensions extensions = new Extensions(List.of(noting), List.of(), List.of());

        try (WorkerBench bench = WorkerBench.of(extensions, (payload, job) -> note())) {
            bench.enqueue("a");
            bench.work();
        }

        assertThat(seen).hasSize(3).containsOnly(names("a", 1));
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void errorHandlersFindTheJobAndARetryFindsItsAttempt() {
        Extensions extensions = new Extensions(List.of(), List.of(), List.of((job, failure, planned) -> {
            note();
            return planned;
        }));

        try (WorkerBench bench = WorkerBench.of(extensions, (payload, job) -> {
            throw JobOutcomes.retryAfter(Duration.ZERO, "again");
        })) {
            bench.enqueue(JobRequest.of("type", "a").id("a").maxAttempts(2));
            bench.work();
        }

        assertThat(seen).containsExactly(names("a", 1), names("a", 2));
    }

    @Test
    void whatTheThreadHadIsThereAgainAfterTheRun() {
        Map<String, String> before = Map.of("tenant", "t1", "jobqueue.queue", "of somebody else");
        MDC.setContextMap(before);

        try (WorkerBench bench = WorkerBench.of(1, (payload, job) -> {
            MDC.put("tenant", "changed");
            MDC.put("leak", "of the handler");
            MDC.remove("jobqueue.job.id");
            return note();
        })) {
            bench.enqueue("a");
            bench.work();
        }

        assertThat(seen)
                .containsExactly(Map.of(
                        "tenant",
                        "changed",
                        "leak",
                        "of the handler",
                        "jobqueue.job.type",
                        "type",
                        "jobqueue.job.attempt",
                        "1",
                        "jobqueue.queue",
                        WorkerBench.QUEUE));
        assertThat(MDC.getCopyOfContextMap()).isEqualTo(before);
    }

    @Test
    void runsOfOnePooledThreadDoNotSeeEachOther() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(2);
        ExecutorService pool = Executors.newSingleThreadExecutor();
        JobEngine engine = engine(
                (payload, job) -> {
                    note();
                    MDC.put("leak", payload);
                    done.countDown();
                    return null;
                },
                builder -> builder.executor(pool).defaults(new QueueSettings(1, null, JobSettings.NONE)));
        engine.jobQueue().enqueue(job("a"));
        engine.jobQueue().enqueue(job("b"));
        engine.start();
        await(done);
        pool.execute(this::note);
        pool.shutdown();
        assertThat(pool.awaitTermination(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(seen).hasSize(3);
        assertThat(seen.get(0)).containsEntry("jobqueue.job.id", "a").doesNotContainKey("leak");
        assertThat(seen.get(1)).containsEntry("jobqueue.job.id", "b").doesNotContainKey("leak");
        assertThat(seen.get(2)).isEmpty();
    }

    @Test
    void linesOfTheEngineAboutOneJobNameIt() {
        try (LogLines log = new LogLines();
                WorkerBench bench = WorkerBench.of(1, (payload, job) -> {
                    throw JobOutcomes.fail("no use");
                })) {
            bench.enqueue("a");
            bench.work();

            Map<String, Map<String, String>> named = new LinkedHashMap<>();
            for (int i = 0; i < log.messages().size(); i++) {
                named.put(log.messages().get(i), log.mdcs().get(i));
            }
            assertThat(new ArrayList<>(named.values())).containsExactly(names("a", 1));
            assertThat(named.keySet()).singleElement().asString().contains("failed for good");
        }
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }
}
