package io.jobqueue.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jobqueue.JobContext;
import io.jobqueue.JobFailedException;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.PayloadException;
import io.jobqueue.spring.autoconfigure.StarterContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.Order;

class JobArgumentResolverTests {

    private final ApplicationContextRunner runner =
            StarterContext.runner().withUserConfiguration(Resolvers.class).withBean(Mails.class);

    private static @Nullable String await(ApplicationContext context, JobRequest.Builder request) {
        return context.getBean(JobQueue.class)
                .enqueueAndWait(request.maxAttempts(1).build(), String.class, Duration.ofSeconds(20));
    }

    @Test
    void argumentStandsBesideThePayload() {
        runner.run(context -> assertThat(await(
                        context, JobRequest.of("mail", new WelcomeMail("ada")).header("tenant", "acme")))
                .isEqualTo("acme: ada"));
    }

    @Test
    void firstResolverInOrderIsTaken() {
        runner.run(context ->
                assertThat(await(context, JobRequest.of("annotated"))).isEqualTo("first"));
    }

    @Test
    void resolverIsNotAskedForWhatTheStarterKnows() {
        StarterContext.runner()
                .withBean(Greedy.class)
                .withBean(Headers.class)
                .run(context -> assertThat(
                                await(context, JobRequest.of("headers").id("1").header("tenant", "acme")))
                        .isEqualTo("acme of default/1"));
    }

    @Test
    void payloadExceptionOfAResolverFailsTheJobWithoutRetry() {
        runner.run(context -> assertThatExceptionOfType(JobFailedException.class)
                .isThrownBy(() -> await(context, JobRequest.of("mail", new WelcomeMail("ada"))))
                .satisfies(failed -> assertThat(failed.error().summary())
                        .isEqualTo(PayloadException.class.getName() + ": no tenant")));
    }

    @Test
    void nothingForAPrimitiveIsSaidInWords() {
        runner.run(context -> assertThatExceptionOfType(JobFailedException.class)
                .isThrownBy(() -> await(context, JobRequest.of("number")))
                .satisfies(failed -> assertThat(failed.error().message())
                        .contains("gives nothing for the parameter 0, which cannot be null")));
    }

    record Tenant(String name) {}

    static class Mails {

        @JobHandler("mail")
        String mail(Tenant tenant, WelcomeMail mail) {
            return tenant.name() + ": " + mail.to();
        }

        @JobHandler("annotated")
        @Nullable
        String annotated(@Value("text") String text) {
            return text;
        }

        @JobHandler("number")
        void number(@Value("number") int number) {}
    }

    static class Headers {

        @JobHandler("headers")
        String headers(@JobHeader("tenant") String tenant, JobContext job) {
            return tenant + " of " + job.id();
        }
    }

    static class Greedy implements JobArgumentResolver {

        @Override
        public boolean supports(MethodParameter parameter) {
            return true;
        }

        @Override
        public @Nullable Object resolve(MethodParameter parameter, JobContext job) {
            return null;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Resolvers {

        @Bean
        @Order(3)
        JobArgumentResolver tenants() {
            return new JobArgumentResolver() {
                @Override
                public boolean supports(MethodParameter parameter) {
                    return parameter.getParameterType() == Tenant.class;
                }

                @Override
                public Object resolve(MethodParameter parameter, JobContext job) {
                    String tenant = job.headers().get("tenant");
                    if (tenant == null) {
                        throw new PayloadException("no tenant", null);
                    }
                    return new Tenant(tenant);
                }
            };
        }

        @Bean
        @Order(2)
        JobArgumentResolver second() {
            return values("second");
        }

        @Bean
        @Order(1)
        JobArgumentResolver first() {
            return values("first");
        }

        private static JobArgumentResolver values(String value) {
            return new JobArgumentResolver() {
                @Override
                public boolean supports(MethodParameter parameter) {
                    return parameter.hasParameterAnnotation(Value.class);
                }

                @Override
                public @Nullable Object resolve(MethodParameter parameter, JobContext job) {
                    return parameter.getParameterType() == String.class ? value : null;
                }
            };
        }
    }
}
