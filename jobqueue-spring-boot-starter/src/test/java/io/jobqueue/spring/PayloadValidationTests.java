package io.jobqueue.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jobqueue.Job;
import io.jobqueue.JobFailedException;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.PayloadException;
import io.jobqueue.spring.autoconfigure.StarterContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.validation.annotation.Validated;

@ExtendWith(OutputCaptureExtension.class)
class PayloadValidationTests {

    private final ApplicationContextRunner withoutValidator =
            StarterContext.runner().withBean("mails", Mails.class);
    private final ApplicationContextRunner runner =
            withoutValidator.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class));

    @Test
    void brokenConstraintFailsTheJobWithoutRetryAndWithoutTheValue() {
        runner.run(context -> {
            JobFailedException failed = failure(context, "valid", new Mail(" ", "s3cret-and-too-long"));
            assertThat(failed.error().type()).isEqualTo(PayloadException.class.getName());
            assertThat(failed.error().message())
                    .endsWith("Mail: breaks its constraints (to must not be blank)")
                    .doesNotContain("s3cret");
            assertThat(context.getBean(Mails.class).calls).isZero();
            assertThat(context.getBean(JobQueue.class).find(failed.id()))
                    .hasValueSatisfying(job -> assertThat(job.attempts()).isEqualTo(1));
        });
    }

    @Test
    void placeOfABrokenConstraintIsNamedWithoutTheKeysOfMaps() {
        runner.run(context -> {
            JobFailedException failed = failure(
                    context, "register", new Register(Map.of("s3cret", new Mail(" ", "")), List.of(new Mail("", ""))));
            assertThat(failed.error().message())
                    .endsWith("(byName[…].to must not be blank; list[0].to must not be blank)");
        });
    }

    @Test
    void groupsOfTheAnnotationAreChecked() {
        runner.run(context -> {
            JobFailedException failed = failure(context, "grouped", new Mail(" ", "too long"));
            assertThat(failed.error().message()).contains("(subject size must be between 0 and 3)");
        });
    }

    @Test
    void payloadInsideAJobIsChecked() {
        runner.run(context -> {
            assertThat(failure(context, "whole", new Mail(" ", "hi")).error().message())
                    .contains("(to must not be blank)");
            assertThat(failure(context, "inside", new Mail(" ", "hi")).error().message())
                    .contains("(to must not be blank)");
            assertThat(context.getBean(Mails.class).calls).isZero();
        });
    }

    @Test
    void elementsOfACollectionAreChecked() {
        runner.run(context -> {
            List<Mail> mails = List.of(new Mail("ada", "hi"), new Mail(" ", "hi"));
            assertThat(failure(context, "list", mails).error().message())
                    .endsWith(": breaks its constraints ([1].to must not be blank)");
            assertThat(failure(context, "array", mails).error().message())
                    .endsWith(": breaks its constraints ([1].to must not be blank)");
            assertThat(failure(context, "set", mails).error().message()).contains("([…].to must not be blank)");
            assertThat(context.getBean(Mails.class).calls).isZero();
        });
    }

    @Test
    void valuesOfAMapAreCheckedAlsoInsideOfCollectionsAndWithoutTheKeys() {
        runner.run(context -> assertThat(failure(
                                context, "nested", Map.of("s3cret", List.of(new Mail("ada", "hi"), new Mail("", "hi"))))
                        .error()
                        .message())
                .endsWith("([…][1].to must not be blank)"));
    }

    @Test
    void collectionWhoseElementsKeepTheirConstraintsLetsTheJobRun() {
        runner.run(context -> assertThat(run(
                        context,
                        JobRequest.of("list", Arrays.asList(new Mail("ada", "hi"), null, new Mail("bob", "hi")))))
                .isEqualTo(1));
    }

    @Test
    void keptConstraintsLetTheJobRun() {
        runner.run(context -> assertThat(calls(context, new Mail("ada", "hi"))).isEqualTo(1));
    }

    @Test
    void jobWithoutPayloadBreaksNoConstraint() {
        runner.run(context -> assertThat(calls(context, null)).isEqualTo(1));
    }

    @Test
    void constraintsWithoutValidatorAreNotCheckedAndThatIsSaid(CapturedOutput output) {
        withoutValidator.run(context -> {
            assertThat(calls(context, new Mail("", ""))).isEqualTo(1);
            assertThat(output).contains("is marked Valid but is not checked", "spring-boot-starter-validation");
        });
    }

    private static JobFailedException failure(ApplicationContext context, String type, Object mail) {
        return assertThatExceptionOfType(JobFailedException.class)
                .isThrownBy(() -> run(context, JobRequest.of(type, mail)))
                .actual();
    }

    private static @Nullable Integer calls(ApplicationContext context, @Nullable Mail mail) {
        return run(context, mail == null ? JobRequest.of("valid") : JobRequest.of("valid", mail));
    }

    private static @Nullable Integer run(ApplicationContext context, JobRequest.Builder request) {
        return context.getBean(JobQueue.class).enqueueAndWait(request.build(), Integer.class, Duration.ofSeconds(10));
    }

    interface Strict {}

    record Register(Map<String, @Valid Mail> byName, List<@Valid Mail> list) {}

    record Mail(
            @NotBlank String to,
            @Size(max = 3, groups = Strict.class) String subject) {}

    static class Mails {

        private int calls;

        @JobHandler("valid")
        int valid(@Valid @Nullable Mail mail) {
            return ++calls;
        }

        @JobHandler("register")
        int register(@Valid Register register) {
            return ++calls;
        }

        @JobHandler("grouped")
        int grouped(@Validated(Strict.class) Mail mail) {
            return ++calls;
        }

        @JobHandler("list")
        int list(@Valid List<Mail> mails) {
            return ++calls;
        }

        @JobHandler("array")
        int array(@Valid Mail[] mails) {
            return ++calls;
        }

        @JobHandler("set")
        int set(@Valid Set<Mail> mails) {
            return ++calls;
        }

        @JobHandler("nested")
        int nested(@Valid Map<String, List<Mail>> mails) {
            return ++calls;
        }

        @JobHandler("whole")
        int whole(@Valid Job<Mail> job) {
            return ++calls;
        }

        @JobHandler("inside")
        int inside(Job<@Valid Mail> job) {
            return ++calls;
        }
    }
}
