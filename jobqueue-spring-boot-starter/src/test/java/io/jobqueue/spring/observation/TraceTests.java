package io.jobqueue.spring.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobqueue.JobContext;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.spring.JobHandler;
import io.jobqueue.spring.autoconfigure.StarterContext;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Traces of real OpenTelemetry spans, from the request that enqueues to the handlers. */
class TraceTests {

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final ApplicationContextRunner runner = StarterContext.runner()
            .withConfiguration(AutoConfigurations.of(
                    ObservationAutoConfiguration.class,
                    OpenTelemetrySdkAutoConfiguration.class,
                    OpenTelemetryTracingAutoConfiguration.class,
                    MicrometerTracingAutoConfiguration.class))
            .withBean(
                    SdkTracerProvider.class,
                    () -> SdkTracerProvider.builder()
                            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                            .build())
            .withPropertyValues("jobqueue.defaults.backoff.initial=10ms")
            .withBean(Orders.class);

    /** Enqueues within a span, as a request does, and returns the trace it belongs to. */
    private String request(ApplicationContext context, JobRequest job) {
        Tracer tracer = context.getBean(Tracer.class);
        Span request = tracer.nextSpan().name("request").start();
        try (Tracer.SpanInScope scope = tracer.withSpan(request)) {
            context.getBean(JobQueue.class).enqueue(job);
            assertThat(scope).isNotNull();
        } finally {
            request.end();
        }
        return request.context().traceId();
    }

    private List<SpanData> spans(String name) {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private SpanData awaitSpan(String name, String outcome) {
        return await().until(
                        () -> spans(name).stream()
                                .filter(span -> outcome.equals(value(span, "jobqueue.outcome")))
                                .findFirst()
                                .orElse(null),
                        found -> found != null);
    }

    private static String value(SpanData span, String key) {
        return span.getAttributes().get(AttributeKey.stringKey(key));
    }

    @Test
    void oneTraceFromTheRequestThroughEveryRetryToTheNestedJob() {
        runner.run(context -> {
            String trace = request(context, JobRequest.of("order").id("o-1").build());

            SpanData nestedRun = awaitSpan("mails process", "completed");
            SpanData retried = awaitSpan("orders process", "retried");
            SpanData completed = awaitSpan("orders process", "completed");
            SpanData request = spans("request").get(0);
            SpanData sent = spans("orders send").get(0);
            SpanData nestedSent = spans("mails send").get(0);
            assertThat(exporter.getFinishedSpanItems())
                    .hasSize(6)
                    .extracting(SpanData::getTraceId)
                    .containsOnly(trace);
            assertThat(sent.getParentSpanId()).isEqualTo(request.getSpanId());
            assertThat(retried.getParentSpanId()).isEqualTo(sent.getSpanId());
            assertThat(completed.getParentSpanId()).isEqualTo(sent.getSpanId());
            assertThat(nestedSent.getParentSpanId()).isEqualTo(completed.getSpanId());
            assertThat(nestedRun.getParentSpanId()).isEqualTo(nestedSent.getSpanId());
        });
    }

    @Test
    void spansAreOfSendersAndReceiversWithTheirKeys() {
        runner.run(context -> {
            request(context, JobRequest.of("order").id("o-1").build());

            SpanData retried = awaitSpan("orders process", "retried");
            SpanData sent = spans("orders send").get(0);
            assertThat(sent.getKind()).isEqualTo(SpanKind.PRODUCER);
            assertThat(value(sent, "messaging.message.id")).isEqualTo("o-1");
            assertThat(value(sent, "messaging.destination.name")).isEqualTo("orders");
            assertThat(retried.getKind()).isEqualTo(SpanKind.CONSUMER);
            assertThat(retried.getStatus().getStatusCode())
                    .isEqualTo(StatusData.error().getStatusCode());
            assertThat(value(retried, "messaging.message.id")).isEqualTo("o-1");
            assertThat(value(retried, "jobqueue.attempt")).isEqualTo("1");
            assertThat(value(retried, "jobqueue.worker")).isNotBlank();
            assertThat(value(retried, "jobqueue.type")).isEqualTo("order");
        });
    }

    @Test
    void handlerRunsInItsSpanAndIsNamedInTheMdc() {
        runner.run(context -> {
            request(context, JobRequest.of("order").id("o-1").build());

            SpanData completed = awaitSpan("orders process", "completed");
            Orders orders = context.getBean(Orders.class);
            assertThat(orders.spans).containsEntry(2, completed.getSpanId());
            assertThat(orders.mdc.get(2))
                    .containsEntry("jobqueue.job.id", "o-1")
                    .containsEntry("jobqueue.job.attempt", "2");
        });
    }

    @Test
    void headersCarryTheTraceAndNothingElse() {
        runner.run(context -> {
            String trace = request(
                    context,
                    JobRequest.of("order").id("o-1").header("tenant", "t1").build());

            awaitSpan("orders process", "completed");
            Map<String, String> headers = context.getBean(Orders.class).headers;
            assertThat(headers).containsOnlyKeys("tenant", "traceparent");
            assertThat(headers.get("traceparent")).contains(trace);
        });
    }

    @Test
    void linkBeginsATraceOfItsOwnThatNamesTheSender() {
        runner.withPropertyValues("jobqueue.observation.propagation=link").run(context -> {
            String trace = request(context, JobRequest.of("order").id("o-1").build());

            SpanData completed = awaitSpan("orders process", "completed");
            SpanData retried = awaitSpan("orders process", "retried");
            SpanData sent = spans("orders send").get(0);
            assertThat(completed.getTraceId()).isNotEqualTo(trace).isNotEqualTo(retried.getTraceId());
            assertThat(completed.getParentSpanContext().isValid()).isFalse();
            assertThat(completed.getKind()).isEqualTo(SpanKind.CONSUMER);
            assertThat(completed.getLinks()).singleElement().satisfies(link -> {
                assertThat(link.getSpanContext().getTraceId()).isEqualTo(trace);
                assertThat(link.getSpanContext().getSpanId()).isEqualTo(sent.getSpanId());
            });
            assertThat(retried.getLinks()).hasSize(1);
        });
    }

    @Test
    void nothingTravelsWithoutPropagation() {
        runner.withPropertyValues("jobqueue.observation.propagation=none").run(context -> {
            String trace = request(context, JobRequest.of("order").id("o-1").build());

            SpanData completed = awaitSpan("orders process", "completed");
            assertThat(spans("orders send").get(0).getTraceId()).isEqualTo(trace);
            assertThat(completed.getTraceId()).isNotEqualTo(trace);
            assertThat(completed.getLinks()).isEmpty();
            assertThat(context.getBean(Orders.class).headers).isEmpty();
        });
    }

    @Test
    void manyJobsOfOneCallBelongToOneSender() {
        runner.run(context -> {
            context.getBean(JobQueue.class)
                    .enqueueAll(List.of(
                            JobRequest.of("mail").id("m-1").queue("mails").build(),
                            JobRequest.of("mail").id("m-2").queue("mails").build()));

            await().until(() -> spans("mails process").size() == 2);
            SpanData sent = spans("mails send").get(0);
            assertThat(spans("mails process"))
                    .extracting(SpanData::getParentSpanId)
                    .containsOnly(sent.getSpanId());
            assertThat(spans("mails send")).hasSize(1);
            assertThat(value(sent, "messaging.batch.message_count")).isEqualTo("2");
        });
    }

    static class Orders {

        final Map<Integer, Map<String, String>> mdc = new ConcurrentHashMap<>();
        final Map<Integer, String> spans = new ConcurrentHashMap<>();
        volatile Map<String, String> headers = Map.of();
        private final JobQueue jobs;
        private final Tracer tracer;

        Orders(JobQueue jobs, Tracer tracer) {
            this.jobs = jobs;
            this.tracer = tracer;
        }

        @JobHandler(type = "order", queue = "orders")
        void order(JobContext job) {
            headers = job.headers();
            Span current = Objects.requireNonNull(tracer.currentSpan());
            spans.put(job.attempt(), current.context().spanId());
            mdc.put(job.attempt(), MDC.getCopyOfContextMap());
            if (job.attempt() == 1) {
                throw new IllegalStateException("not yet");
            }
            jobs.enqueue(JobRequest.of("mail").build());
        }

        @JobHandler(type = "mail", queue = "mails")
        void mail() {}
    }
}
