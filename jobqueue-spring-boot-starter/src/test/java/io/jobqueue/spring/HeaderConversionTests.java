package io.jobqueue.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jobqueue.JobError;
import io.jobqueue.JobFailedException;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.PayloadException;
import io.jobqueue.spring.autoconfigure.StartFailure;
import io.jobqueue.spring.autoconfigure.StarterContext;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.convert.support.DefaultConversionService;

class HeaderConversionTests {

    private final ApplicationContextRunner runner = StarterContext.runner().withBean(Typed.class);

    @Test
    void textBecomesWhatTheParameterIs() {
        runner.run(context -> {
            await(
                    context,
                    JobRequest.of("typed")
                            .header("number", "42")
                            .header("long", "-9007199254740993")
                            .header("day", "friday")
                            .header("pause", "90s")
                            .header("minutes", "3")
                            .header("id", "7d444840-9dc0-11d1-b245-5ffdce74fad2")
                            .header("at", "2026-11-27T03:00:00Z")
                            .header("flag", "true")
                            .header("names", "ada,bob"));

            assertThat(context.getBean(Typed.class).seen)
                    .containsExactly(
                            42,
                            -9007199254740993L,
                            DayOfWeek.FRIDAY,
                            Duration.ofSeconds(90),
                            Duration.ofMinutes(3),
                            UUID.fromString("7d444840-9dc0-11d1-b245-5ffdce74fad2"),
                            Instant.parse("2026-11-27T03:00:00Z"),
                            true,
                            List.of("ada", "bob"));
        });
    }

    @Test
    void optionalIsThereOrEmpty() {
        runner.run(context -> {
            await(
                    context,
                    JobRequest.of("optional")
                            .header("number", "42")
                            .header("text", "a")
                            .header("boxed", "7"));
            await(context, JobRequest.of("optional"));

            assertThat(context.getBean(Typed.class).seen)
                    .containsExactly(Optional.of(42), Optional.of("a"), 7, Optional.empty(), Optional.empty(), null);
        });
    }

    @Test
    void nameOfAHeaderMayBeAPlaceholder() {
        runner.withPropertyValues("my.header=tenant").run(context -> {
            await(context, JobRequest.of("placeholder").header("tenant", "acme"));

            assertThat(context.getBean(Typed.class).seen).containsExactly("acme");
        });
    }

    @Test
    void converterOfTheContextIsTaken() {
        StarterContext.runner()
                .withBean("conversionService", DefaultConversionService.class, HeaderConversionTests::withTenants)
                .withBean(Tenants.class)
                .run(context -> {
                    await(context, JobRequest.of("tenant").header("tenant", "acme"));

                    assertThat(context.getBean(Tenants.class).seen).containsExactly(new Tenant("of acme"));
                });
    }

    private static DefaultConversionService withTenants() {
        DefaultConversionService conversions = new DefaultConversionService();
        conversions.addConverter(String.class, Tenant.class, text -> new Tenant("of " + text));
        return conversions;
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", ""})
    void textThatCannotBeReadFailsTheJobWithoutRetryAndIsNotShown(String text) {
        runner.run(context -> assertThatExceptionOfType(JobFailedException.class)
                .isThrownBy(() -> await(
                        context, JobRequest.of("number").id("1").maxAttempts(3).header("number", text)))
                .satisfies(failed -> {
                    JobError error = failed.error();
                    assertThat(error.type()).isEqualTo(PayloadException.class.getName());
                    assertThat(error.message())
                            .isEqualTo("job default/1 of type 'number': its header 'number' cannot be read as int;"
                                    + " enqueue it with a text that can");
                    assertThat(error.stack()).doesNotContain("s3cret", "Caused by");
                    assertThat(context.getBean(JobQueue.class).find(failed.id()))
                            .hasValueSatisfying(
                                    job -> assertThat(job.attempts()).isEqualTo(1));
                }));
    }

    @Test
    void typeThatNoTextBecomesIsRefused() {
        assertRefused(
                ThreadHeader.class,
                "the @JobHeader parameter 1 is of type java.lang.ThreadLocal<?>, and nothing converts a text to it",
                "a bean named conversionService, with a Converter");
    }

    @Test
    void optionalOfATypeThatNoTextBecomesIsRefused() {
        assertRefused(OptionalThread.class, "is of type java.lang.ThreadLocal<?>", "make it a String");
    }

    @Test
    void primitiveThatMayBeAbsentIsRefused() {
        assertRefused(
                AbsentNumber.class,
                "the @JobHeader parameter 0 is not required, but is of type int, which cannot be absent",
                "Make it an Optional");
    }

    private static void assertRefused(Class<?> beanClass, String description, String action) {
        StarterContext.runner().withBean(beanClass).run(context -> {
            FailureAnalysis analysis = StartFailure.analysisOf(context);
            assertThat(analysis.getDescription()).contains(beanClass.getName()).contains(description);
            assertThat(analysis.getAction()).contains(action);
        });
    }

    private static void await(ApplicationContext context, JobRequest.Builder request) {
        String unused =
                context.getBean(JobQueue.class).enqueueAndWait(request.build(), String.class, Duration.ofSeconds(20));
    }

    record Tenant(String name) {}

    static class Typed {

        private final List<@Nullable Object> seen = new ArrayList<>();

        @JobHandler("typed")
        void typed(
                @JobHeader("number") int number,
                @JobHeader("long") long large,
                @JobHeader("day") DayOfWeek day,
                @JobHeader("pause") Duration pause,
                @JobHeader("minutes") @DurationUnit(ChronoUnit.MINUTES) Duration minutes,
                @JobHeader("id") UUID id,
                @JobHeader("at") Instant at,
                @JobHeader("flag") boolean flag,
                @JobHeader("names") List<String> names) {
            seen.addAll(Arrays.asList(number, large, day, pause, minutes, id, at, flag, names));
        }

        @JobHandler("optional")
        void optional(
                @JobHeader("number") Optional<Integer> number,
                @JobHeader("text") Optional<String> text,
                @JobHeader(value = "boxed", required = false) @Nullable Integer boxed) {
            seen.addAll(Arrays.asList(number, text, boxed));
        }

        @JobHandler("placeholder")
        void placeholder(@JobHeader("${my.header:nothing}") String tenant) {
            seen.add(tenant);
        }

        @JobHandler("number")
        void number(@JobHeader("number") int number) {
            seen.add(number);
        }
    }

    static class Tenants {

        private final List<Tenant> seen = new ArrayList<>();

        @JobHandler("tenant")
        void tenant(@JobHeader("tenant") Tenant tenant) {
            seen.add(tenant);
        }
    }

    static class ThreadHeader {
        @JobHandler("welcome-mail")
        void send(WelcomeMail mail, @JobHeader("local") ThreadLocal<?> local) {}
    }

    static class OptionalThread {
        @JobHandler("welcome-mail")
        void send(@JobHeader("local") Optional<ThreadLocal<?>> local) {}
    }

    static class AbsentNumber {
        @JobHandler("welcome-mail")
        void send(@JobHeader(value = "tries", required = false) int tries) {}
    }
}
