package io.jobqueue.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Durability;
import io.jobqueue.FailedAttempt;
import io.jobqueue.JobQueue;
import io.jobqueue.RetryPolicy;
import io.jobqueue.StallPolicy;
import io.jobqueue.engine.DurabilitySettings;
import io.jobqueue.engine.JobSettings;
import io.jobqueue.engine.QueueOrder;
import io.jobqueue.engine.QueueSettings;
import io.jobqueue.engine.RetentionLimits;
import io.jobqueue.engine.StallSettings;
import io.jobqueue.spring.RetryPolicyBeans;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.DefaultResourceLoader;

@ExtendWith(OutputCaptureExtension.class)
class JobQueuePropertiesTests {

    private static final String ENVIRONMENT = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    jobqueue.defaults.concurrency        | 0       | must be 1 to 100000
                    jobqueue.queues[mails].concurrency   | 100001  | must be 1 to 100000
                    jobqueue.queues[order.events].lease  | 1ms     | must be at least
                    jobqueue.queues[mails].max-attempts  | 0       | must be 1 to
                    jobqueue.queues[mails].partitions    | 65      | must be 1 to 64
                    jobqueue.defaults.partitions         | 0       | must be 1 to 64
                    jobqueue.queues[mails].timeout       | -1s     | must be more than zero
                    jobqueue.queues[mails].retry-for     | java.lang.String | can never be thrown
                    jobqueue.defaults.backoff.initial    | -1s     | is negative
                    jobqueue.defaults.backoff.multiplier | 0.5     | must be 1 to 1000
                    jobqueue.defaults.backoff.jitter     | 2       | must be 0 to 1
                    jobqueue.defaults.backoff.initial    | 1h      | must be at least the initial
                    jobqueue.defaults.durability         | replica(0) | must be 1 to 100 replicas
                    jobqueue.queues[mails].durability    | two     | give none, replica(n) or aof
                    jobqueue.queues[mails].durability-timeout | 2m | give at most PT1M
                    jobqueue.queues[mails].max-crashes   | 0       | must be 1 to 10000
                    jobqueue.defaults.retention.failed   | -1s     | is negative
                    jobqueue.defaults.retention.max-failed | 0     | set the retention of failed jobs to zero
                    jobqueue.worker.shutdown-timeout     | -1s     | is negative
                    jobqueue.worker.name                 | wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww | shorten it to at most 64
                    jobqueue.worker.claim-wait           | 0s      | must be more than zero
                    jobqueue.metrics.queue-interval      | 0s      | must be more than zero
                    jobqueue.store.redis.port            | 65536   | must be 1 to 65535
                    jobqueue.producer.max-payload-size   | 65MB    | must be 1B to 64MB
                    jobqueue.store.redis.pool.max-total  | 0       | must be at least 1
                    jobqueue.store.redis.command-timeout | 0s      | must be more than zero
                    jobqueue.store.redis.command-timeout | 30d     | give at most PT1H
                    jobqueue.store.redis.connect-timeout | 0s      | must be more than zero
                    jobqueue.store.redis.cluster.max-redirects | 0 | must be 1 to 100
                    jobqueue.store.redis.client-name     | my app  | without spaces
                    jobqueue.store.redis.database        | -1      | must be zero or more
                    jobqueue.store.redis.cluster.nodes   | a:b:c   | is not host:port
                    jobqueue.store.redis.sentinel.nodes  | a:b:c   | is not host:port
                    """)
    void valueOutOfRangeStopsTheStartWithPropertyValueAndReason(
            String property, String value, String reason, CapturedOutput output) {
        assertStartFails(property + "=" + value);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Property: " + property)
                .contains(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    jobqueue.store.redis.sentinel.master=main | | jobqueue.store.redis.sentinel.nodes | give at least one
                    jobqueue.store.redis.sentinel.nodes=s1 | | jobqueue.store.redis.sentinel.master | name of the master
                    jobqueue.store.redis.sentinel.username=sam | jobqueue.store.redis.url=redis://one | jobqueue.store.redis.sentinel.master | name of the master
                    jobqueue.store.redis.sentinel.password=s3cret | | jobqueue.store.redis.sentinel.nodes | give at least one
                    jobqueue.store.redis.cluster.nodes=c1 | jobqueue.store.redis.database=1 | jobqueue.store.redis.database | only database 0
                    jobqueue.store.redis.cluster.nodes=c1 | jobqueue.store.redis.url=redis://one | jobqueue.store.redis.cluster.nodes | give only one of
                    jobqueue.store.redis.host=one | jobqueue.store.redis.url=redis://two | jobqueue.store.redis.host | give only one of url, host and port, sentinel, and cluster
                    jobqueue.store.redis.port=1 | jobqueue.store.redis.url=redis://two | jobqueue.store.redis.port | give only one of
                    jobqueue.store.redis.host=one | jobqueue.store.redis.cluster.nodes=c1 | jobqueue.store.redis.cluster.nodes | give only one of
                    """)
    void serversThatDoNotFitTogetherStopTheStart(
            String one, @Nullable String other, String property, String reason, CapturedOutput output) {
        assertStartFails(one, other == null ? "jobqueue.store.redis.key-prefix=jq" : other);
        assertThat(output).contains("Property: " + property).contains(reason);
    }

    @Test
    void rangesHoldWithoutABeanValidationProvider(CapturedOutput output) {
        SpringApplication application = application();
        application.setResourceLoader(
                new DefaultResourceLoader(new FilteredClassLoader("jakarta.validation", "org.hibernate.validator")));
        assertThatThrownBy(() ->
                        application.run("--jobqueue.defaults.concurrency=0").close())
                .hasStackTraceContaining("must be 1 to 100000");
    }

    @Test
    void unknownPropertyStopsTheStartWithItsOrigin(CapturedOutput output) {
        assertStartFails("jobqueue.defaults.concurency=3");
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Property: jobqueue.defaults.concurency")
                .contains("Origin: \"jobqueue.defaults.concurency\" from property source \"commandLineArgs\"")
                .contains("were left unbound");
    }

    @ParameterizedTest
    @CsvSource({
        "defaults.concurency,                  defaults.concurrency",
        "defaults.retry.delay,                 defaults.backoff.initial",
        "queues.mails.retry.max-delay,         queues.mails.backoff.max",
        "queues.mails.retry.max-attempts,      queues.mails.max-attempts",
        "queues.order.events.concurrency,      queues[order.events].concurrency",
        "queues[order.events].concurency,      queues[order.events].concurrency",
        "queues.mails.retention.dead,          queues.mails.retention.failed",
        "retry.max-retries,                    defaults.max-attempts",
        "worker.strict-handlers,               worker.strict-queues",
        "worker.shutdown-timout,               worker.shutdown-timeout",
        "shutdown-timeout,                     worker.shutdown-timeout",
        "timeout,                              defaults.timeout"
    })
    void unknownPropertyNamesTheOneThatWasMeantAndShowsItsValue(String unknown, String meant, CapturedOutput output) {
        assertStartFails("jobqueue." + unknown + "=77");
        assertThat(output)
                .contains("Property: jobqueue." + unknown)
                .contains("Value: \"77\"")
                .contains("Origin: \"jobqueue." + unknown + "\" from property source")
                .containsPattern("Did you mean: jobqueue\\." + java.util.regex.Pattern.quote(meant) + "\\R");
    }

    @ParameterizedTest
    @CsvSource({
        "store.redis.verify-hostname, store.redis.ssl.verify-hostname",
        "redis.url,                   store.redis.url",
        "store.redis.pasword,         store.redis.password",
        "store.redis.sentinel.pass,   ",
        "colour,                      "
    })
    void valueOfAnUnknownPropertyIsHiddenWhereItMayBeASecret(
            String unknown, @Nullable String meant, CapturedOutput output) {
        assertStartFails("jobqueue." + unknown + "=redis://ada:s3cret@one");
        assertThat(output)
                .contains("Property: jobqueue." + unknown)
                .contains("Value: not shown, it may be a secret")
                .doesNotContain("s3cret");
        if (meant == null) {
            assertThat(output).doesNotContain("Did you mean");
        } else {
            assertThat(output).contains("Did you mean: jobqueue." + meant);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jobqueue.store.type,           postgrs,       MEMORY,       REDIS",
        "jobqueue.producer.transaction, before-commit, AFTER_COMMIT, NONE"
    })
    void wrongTypeStopsTheStartWithItsOrigin(
            String property, String value, String one, String other, CapturedOutput output) {
        assertStartFails(property + "=" + value);
        assertThat(output)
                .contains("Property: " + property)
                .contains("Value: \"" + value + "\"")
                .contains("Origin: \"" + property + "\" from property source \"commandLineArgs\"")
                .contains(one, other);
    }

    @Test
    void keysThatExcludeEachOtherStopTheStart(CapturedOutput output) {
        assertStartFails("jobqueue.queues.mails.retry=patient", "jobqueue.queues.mails.backoff.max=1m");
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("The following configuration properties are mutually exclusive:")
                .containsSubsequence(
                        "more than one of those properties has been configured",
                        "jobqueue.queues.mails.backoff.max",
                        "jobqueue.queues.mails.retry")
                .contains(
                        "Update your configuration so that only one of the mutually exclusive properties is configured");
    }

    @Test
    void unknownRetryPolicyStopsTheStart(CapturedOutput output) {
        assertStartFails("jobqueue.queues[order.events].retry=patient");
        assertThat(output)
                .contains("Invalid value 'patient' for configuration property 'jobqueue.queues[order.events].retry'")
                .contains("there is no bean of that name; the application has no bean of type RetryPolicy");
    }

    @Test
    void environmentVariablesReachQueuesAndDefaults() {
        StarterContext.runner()
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .replace(
                                ENVIRONMENT,
                                new SystemEnvironmentPropertySource(
                                        ENVIRONMENT,
                                        Map.of(
                                                "JOBQUEUE_QUEUES_MAILS_CONCURRENCY", "4",
                                                "JOBQUEUE_QUEUES_MAILS_BACKOFF_INITIAL", "7s",
                                                "JOBQUEUE_DEFAULTS_MAXATTEMPTS", "9",
                                                "JOBQUEUE_SERVICE_HOST", "of somebody else"))))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(settings(context).queue("mails").concurrency()).isEqualTo(4);
                    assertThat(settings(context).queue("mails").jobs().retry()).isNotNull();
                    assertThat(settings(context).defaults().jobs().maxAttempts())
                            .isEqualTo(9);
                });
    }

    @Test
    void missingJobQueueIsExplainedWhenItIsSwitchedOff(CapturedOutput output) {
        SpringApplication application = new SpringApplication(Application.class, Enqueuing.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        assertThatThrownBy(() -> application.run("--jobqueue.enabled=false").close())
                .isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Parameter 0 of constructor in " + Enqueuing.class.getName())
                .contains("requires a bean of type 'io.jobqueue.JobQueue'")
                .contains("because jobqueue.enabled is false")
                .contains("Remove jobqueue.enabled=false, or inject an ObjectProvider<JobQueue>");
    }

    @Test
    void lettersDigitsDashesAndUnderscoresOfAQueueNeedNoBracketsAndAllElseDoes() {
        StarterContext.runner()
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource(
                                "application.yml",
                                Map.of(
                                        "jobqueue.queues.Order_Events-2.concurrency", 1,
                                        "jobqueue.queues[order.events].concurrency", 2,
                                        "jobqueue.queues[a/b:c dü].concurrency", 3,
                                        "jobqueue.queues.e/f:gü h.concurrency", 4))))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(JobQueueProperties.class)
                                    .queues()
                                    .keySet())
                            .containsExactlyInAnyOrder("Order_Events-2", "order.events", "a/b:c dü", "efgh");
                });
    }

    @Test
    void blankQueueNameStopsTheStart(CapturedOutput output) {
        assertStartFails("jobqueue.queues[ ].concurrency=3");
        assertThat(output).contains("APPLICATION FAILED TO START");
    }

    @Test
    void numberWithoutUnitIsInSeconds() {
        StarterContext.runner()
                .withPropertyValues("jobqueue.defaults.lease=45")
                .run(context -> assertThat(settings(context).defaults().lease()).isEqualTo(Duration.ofSeconds(45)));
    }

    @Test
    void everySettingOfAQueueReachesTheEngine() {
        StarterContext.runner()
                .withPropertyValues(
                        "jobqueue.store.type=redis",
                        "jobqueue.store.redis.url=redis://127.0.0.1:1",
                        "jobqueue.queues.mails.concurrency=1",
                        "jobqueue.queues.mails.lease=2s",
                        "jobqueue.queues.mails.types=welcome,reminder",
                        "jobqueue.queues.mails.order=lifo",
                        "jobqueue.queues.mails.partitions=6",
                        "jobqueue.queues.mails.durability=replica(2)",
                        "jobqueue.queues.mails.durability-timeout=13s",
                        "jobqueue.queues.mails.max-attempts=3",
                        "jobqueue.queues.mails.timeout=4s",
                        "jobqueue.queues.mails.no-retry-for=java.io.FileNotFoundException",
                        "jobqueue.queues.mails.retry-for=java.io.IOException,java.sql.SQLException",
                        "jobqueue.queues.mails.backoff.initial=5s",
                        "jobqueue.queues.mails.stall-policy=mark-stale",
                        "jobqueue.queues.mails.max-crashes=9",
                        "jobqueue.queues.mails.retention.completed=6s",
                        "jobqueue.queues.mails.retention.failed=7s",
                        "jobqueue.queues.mails.retention.cancelled=8s",
                        "jobqueue.queues.mails.retention.max-completed=10",
                        "jobqueue.queues.mails.retention.max-failed=11",
                        "jobqueue.queues.mails.retention.max-cancelled=12")
                .run(context -> {
                    QueueSettings mails = settings(context).queue("mails");
                    assertThat(Arrays.asList(values(mails)))
                            .doesNotContainNull()
                            .contains(
                                    1,
                                    Duration.ofSeconds(2),
                                    new StallSettings(StallPolicy.MARK_STALE, 9),
                                    new RetentionLimits(10, 11, 12),
                                    Set.of("welcome", "reminder"),
                                    QueueOrder.LIFO,
                                    6,
                                    new DurabilitySettings(Durability.replica(2), Duration.ofSeconds(13)));
                    assertThat(Arrays.asList(values(mails.jobs())))
                            .doesNotContainNull()
                            .contains(
                                    3,
                                    Duration.ofSeconds(4),
                                    Set.of(FileNotFoundException.class),
                                    Set.of(IOException.class, SQLException.class),
                                    Duration.ofSeconds(6),
                                    Duration.ofSeconds(7),
                                    Duration.ofSeconds(8));
                });
    }

    @Test
    void durabilityThatTheStoreCannotConfirmStopsTheStart(CapturedOutput output) {
        assertStartFails("jobqueue.queues.mails.durability=aof");
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Invalid value 'aof' for configuration property 'jobqueue.queues.mails.durability'")
                .contains("use Redis or Valkey, or set none");
    }

    @Test
    void queueLeavesOpenWhatItDoesNotSay() {
        StarterContext.runner()
                .withPropertyValues("jobqueue.queues.mails.concurrency=1")
                .run(context -> {
                    assertThat(settings(context).queue("mails"))
                            .isEqualTo(new QueueSettings(1, null, JobSettings.NONE));
                });
    }

    @Test
    void partOfABackoffIsCompletedByTheDefaults() {
        StarterContext.runner()
                .withPropertyValues(
                        "jobqueue.defaults.backoff.multiplier=3",
                        "jobqueue.defaults.backoff.jitter=0",
                        "jobqueue.queues.mails.backoff.initial=5s")
                .run(context -> {
                    RetryPolicy retry = Objects.requireNonNull(
                            settings(context).queue("mails").jobs().retry());
                    assertThat(retry.delayAfter(new FailedAttempt(2, 3, new IllegalStateException(), 0.9)))
                            .contains(Duration.ofSeconds(15));
                });
    }

    @Test
    void passwordOfTheUrlIsNotShown() {
        StarterContext.runner()
                .withPropertyValues("jobqueue.store.redis.url=redis://ada:s3cret@localhost")
                .run(context -> assertThat(
                                context.getBean(JobQueueProperties.class).toString())
                        .doesNotContain("s3cret"));
    }

    private static EngineSettings settings(ApplicationContext context) {
        return new EngineSettings(context.getBean(JobQueueProperties.class), new RetryPolicyBeans(context));
    }

    private static Object[] values(Record settings) throws ReflectiveOperationException {
        var components = settings.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = components[i].getAccessor().invoke(settings);
        }
        return values;
    }

    private static void assertStartFails(String... properties) {
        String[] arguments =
                Stream.of(properties).map(property -> "--" + property).toArray(String[]::new);
        assertThatThrownBy(() -> application().run(arguments).close()).isNotNull();
    }

    private static SpringApplication application() {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        return application;
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({JobQueueStoreAutoConfiguration.class, JobQueueAutoConfiguration.class})
    static class Application {}

    /** Needs a job queue. */
    static class Enqueuing {

        Enqueuing(JobQueue jobQueue) {
            jobQueue.queues();
        }
    }
}
