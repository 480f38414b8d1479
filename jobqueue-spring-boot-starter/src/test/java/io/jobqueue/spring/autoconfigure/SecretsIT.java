package io.jobqueue.spring.autoconfigure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jobqueue.Backoff;
import io.jobqueue.EnqueueInterceptor;
import io.jobqueue.JobId;
import io.jobqueue.JobInterceptor;
import io.jobqueue.JobListener;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.spring.JobHandler;
import io.jobqueue.spring.actuate.JobQueueDescription;
import io.jobqueue.spring.actuate.JobQueueEndpoint;
import io.jobqueue.testkit.RedisServer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import redis.clients.jedis.Jedis;
import tools.jackson.databind.json.JsonMapper;

/** Looks for what must not be seen in everything that can be seen. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsIT {

    private static final String CARD = "4000-marker-1234";
    private static final String KEY = "my-secret-key-of-32-bytes-000001";
    private static final String KEY_TEXT = Base64.getEncoder().encodeToString(KEY.getBytes(UTF_8));
    private static final String PASSWORD = "marker-password-77";
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final RedisServer redis = RedisServer.startWithUsers("jobs on >" + PASSWORD + " ~* &* +@all");

    /** The levels outlive the applications that were started with them, and the next test expects its own. */
    @AfterEach
    void resetLevels() {
        LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());
        logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
        logging.setLogLevel("io.jobqueue", null);
    }

    @AfterEach
    void stopRedis() {
        redis.close();
    }

    @Test
    void payloadsPasswordsAndKeysAreNotInLogsHealthEndpointMetersAndExceptions(CapturedOutput output) {
        StringBuilder seen = new StringBuilder();

        try (ConfigurableApplicationContext context = start(
                "--logging.level.root=DEBUG",
                "--logging.level.io.jobqueue=TRACE",
                "--management.endpoints.web.exposure.include=jobqueue")) {
            work(context, seen);
            look(context, seen);
            redis.kill();
            look(context, seen);
        }

        assertThat(seen.toString())
                .contains("jobqueue", "breaks its constraints", "does not fit", "\"other\":{\"jobs\"", "did not answer")
                .doesNotContain(CARD, PASSWORD, KEY, KEY_TEXT);
        assertThat(output.getAll())
                .contains(
                        "DEBUG",
                        "as user 'jobs'",
                        "failed for good",
                        "intercepted JobExecution[",
                        "JobRequest[type=pay")
                .doesNotContain(CARD, PASSWORD, KEY, KEY_TEXT);
    }

    @Test
    void payloadsResultsAndKeysAreNotInTheStore() {
        try (ConfigurableApplicationContext context = start()) {
            work(context, new StringBuilder());
        }

        assertThat(everythingStored()).contains("pay", "one", "k1").doesNotContain(CARD, PASSWORD, KEY, KEY_TEXT);
    }

    @Test
    void payloadsAndResultsAreFoundInTheStoreWithoutEncryption() {
        try (ConfigurableApplicationContext context =
                start("--jobqueue.encryption.write-plain=true", "--logging.level.root=WARN")) {
            work(context, new StringBuilder());
        }

        assertThat(everythingStored()).contains(CARD, "paid " + CARD).doesNotContain(PASSWORD, KEY, KEY_TEXT);
    }

    @Test
    void failingHandlerIsInTheLogAndWhatItsErrorsQuoteIsNot(CapturedOutput output) {
        try (ConfigurableApplicationContext context = start("--logging.level.root=WARN")) {
            JobRequest quoting = JobRequest.of("quote", new Card(CARD))
                    .maxAttempts(2)
                    .backoff(Backoff.fixed(Duration.ZERO))
                    .build();
            Throwable failure =
                    catchThrowable(() -> context.getBean(JobQueue.class).enqueueAndWait(quoting, String.class, BOUND));
            assertThat(failure).hasMessageContaining(CARD);
        }

        assertThat(output.getAll())
                .contains(
                        "of type 'quote' failed in attempt 1, the next is due in PT0S",
                        "of type 'quote' failed for good in attempt 2",
                        "java.lang.IllegalStateException\n\tat " + Payments.class.getName() + ".quote(",
                        "Caused by: java.lang.IllegalArgumentException\n\tat ")
                .doesNotContain(CARD, "JobRunner.run");
    }

    /** Runs jobs that end well and in every bad way a payload has a part in. */
    private static void work(ConfigurableApplicationContext context, StringBuilder seen) {
        JobQueue queue = context.getBean(JobQueue.class);
        JobRequest paid = JobRequest.of("pay", new Card(CARD)).id("one").build();
        assertThat(queue.enqueueAndWait(paid, String.class, BOUND)).isEqualTo("paid " + CARD);
        queue.enqueue(
                JobRequest.of("pay", new Card(CARD)).delay(Duration.ofDays(1)).build());
        queue.enqueue(JobRequest.of("nobody", new Card(CARD)).queue("other").build());
        for (JobRequest request : List.of(
                JobRequest.of("fail", new Card(CARD))
                        .id("failed")
                        .maxAttempts(1)
                        .build(),
                JobRequest.of("check", new Card(CARD)).id("checked").build(),
                JobRequest.of("count", CARD).id("counted").build(),
                JobRequest.of("count-all", Map.of(CARD, CARD)).id("all").build())) {
            Throwable failure = catchThrowable(() -> queue.enqueueAndWait(request, String.class, BOUND));
            assertThat(failure).isNotNull();
            append(seen, failure);
            seen.append(queue.find(JobId.of(JobQueue.DEFAULT_QUEUE, String.valueOf(request.id()))))
                    .append(request);
        }
        append(seen, catchThrowable(() -> queue.enqueue(new Unwritable())));
    }

    private static void append(StringBuilder seen, Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        seen.append(trace);
    }

    private static void look(ConfigurableApplicationContext context, StringBuilder seen) {
        context.getBeansOfType(HealthIndicator.class)
                .values()
                .forEach(indicator -> seen.append(indicator.health()).append('\n'));
        JobQueueEndpoint endpoint = context.getBean(JobQueueEndpoint.class);
        for (Object answer : answers(endpoint)) {
            seen.append(answer)
                    .append(JsonMapper.shared().writeValueAsString(answer))
                    .append('\n');
        }
        for (Meter meter : context.getBean(MeterRegistry.class).getMeters()) {
            seen.append(meter.getId()).append('\n');
        }
        seen.append(context.getBean(JobQueueProperties.class));
    }

    /** Returns everything at once, and one queue while the store can tell of it. */
    private static List<Object> answers(JobQueueEndpoint endpoint) {
        JobQueueDescription all = endpoint.jobQueue();
        return all.error() != null ? List.of(all) : List.of(all, Objects.requireNonNull(endpoint.queue("default")));
    }

    /** Returns every key and every value as the server would save them, uncompressed. */
    private String everythingStored() {
        try (Jedis commands = redis.commands()) {
            commands.configSet("rdbcompression", "no");
            StringBuilder stored = new StringBuilder();
            for (byte[] key : commands.keys("*".getBytes(UTF_8))) {
                stored.append(new String(key, ISO_8859_1)).append(new String(commands.dump(key), ISO_8859_1));
            }
            return stored.toString();
        }
    }

    private ConfigurableApplicationContext start(String... more) {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setDefaultProperties(Map.of(
                "jobqueue.store.type",
                "redis",
                "jobqueue.store.redis.url",
                "redis://jobs:" + PASSWORD + "@127.0.0.1:" + redis.port(),
                "jobqueue.encryption.keys.k1",
                KEY_TEXT));
        return application.run(more);
    }

    record Card(@Size(max = 3) String number) {}

    static class Unwritable {

        public String getCard() {
            throw new IllegalStateException("no card");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        private static final Logger log = LoggerFactory.getLogger(Application.class);

        @Bean
        Payments payments() {
            return new Payments();
        }

        @Bean
        JobInterceptor loggingRuns() {
            return (execution, chain) -> {
                log.info("intercepted {}", execution);
                return chain.proceed();
            };
        }

        @Bean
        EnqueueInterceptor loggingRequests() {
            return request -> {
                log.info("enqueues {}", request);
                return request;
            };
        }

        @Bean
        JobListener loggingEvents() {
            return event -> log.info("heard {}", event);
        }
    }

    static class Payments {

        @JobHandler("pay")
        String pay(Card card) {
            return "paid " + card.number();
        }

        @JobHandler("fail")
        void fail(Card card) {
            throw new IllegalStateException("the bank is closed");
        }

        @JobHandler("quote")
        void quote(Card card) {
            throw new IllegalStateException("no " + card.number(), new IllegalArgumentException(card.number()));
        }

        @JobHandler("check")
        void check(@Valid Card card) {
            throw new AssertionError("not called");
        }

        @JobHandler("count")
        void count(Integer number) {
            throw new AssertionError("not called");
        }

        @JobHandler("count-all")
        void countAll(Map<String, Integer> numbers) {
            throw new AssertionError("not called");
        }
    }
}
