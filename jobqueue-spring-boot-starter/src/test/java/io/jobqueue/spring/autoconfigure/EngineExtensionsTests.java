package io.jobqueue.spring.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jobqueue.EnqueueInterceptor;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobContext;
import io.jobqueue.JobErrorHandler;
import io.jobqueue.JobErrorHandler.Outcome;
import io.jobqueue.JobInterceptor;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.JobType;
import io.jobqueue.PayloadUpcaster;
import io.jobqueue.spring.JobHandler;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

class EngineExtensionsTests {

    private final ApplicationContextRunner runner =
            StarterContext.runner().withBean(Handlers.class).withUserConfiguration(Extensions.class);

    private static @Nullable String await(ApplicationContext context, String type) {
        return context.getBean(JobQueue.class)
                .enqueueAndWait(JobRequest.of(type).build(), String.class, Duration.ofSeconds(20));
    }

    @Test
    void beansTakePartInEveryJobInTheirOrder() {
        runner.run(context -> assertThat(await(context, "headers")).isEqualTo("outer(inner(first second))"));
    }

    @Test
    void errorHandlersDecideInTheirOrder() {
        runner.run(context -> assertThat(await(context, "broken")).isNull());
    }

    @Test
    void enqueueInterceptorBeanMayRefuse() {
        runner.run(context -> assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> await(context, "refused"))
                .withMessageContaining("not from here"));
    }

    @Test
    void upcasterBeanBringsOldPayloadsToTheHandlersVersion() {
        runner.run(context -> {
            JobRequest old = JobRequest.of("greeting", Map.of("name", "Ada")).build();
            assertThat(context.getBean(JobQueue.class).enqueueAndWait(old, String.class, Duration.ofSeconds(20)))
                    .isEqualTo("outer(inner(hello Ada))");
        });
    }

    @JobType(value = "greeting", version = 2)
    record Greeting(String to) {}

    static class Handlers {

        @JobHandler
        String greet(Greeting greeting) {
            return "hello " + greeting.to();
        }

        @JobHandler("headers")
        String headers(JobContext job) {
            return String.valueOf(job.headers().get("order"));
        }

        @JobHandler("broken")
        void broken() {
            throw new IllegalStateException("no luck");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Extensions {

        @Bean
        @Order(2)
        JobInterceptor inner() {
            return (execution, chain) -> wrapped("inner", chain.proceed());
        }

        @Bean
        @Order(1)
        JobInterceptor outer() {
            return (execution, chain) -> wrapped("outer", chain.proceed());
        }

        @Bean
        @Order(2)
        EnqueueInterceptor second() {
            return request -> appended(request, " second");
        }

        @Bean
        @Order(1)
        EnqueueInterceptor first() {
            return request -> appended(request, "first");
        }

        @Bean
        @Order(2)
        JobErrorHandler last() {
            return (job, failure, planned) -> planned instanceof Outcome.Fail ? new Outcome.Complete() : planned;
        }

        @Bean
        @Order(1)
        JobErrorHandler givingUp() {
            return (job, failure, planned) -> new Outcome.Fail();
        }

        @Bean
        PayloadUpcaster greetings() {
            return PayloadUpcaster.of(
                    "greeting",
                    1,
                    json -> new String(json, UTF_8).replace("name", "to").getBytes(UTF_8));
        }

        private static @Nullable Object wrapped(String name, @Nullable Object result) {
            return result == null ? null : name + "(" + result + ")";
        }

        private static JobRequest appended(JobRequest request, String text) {
            if (request.type().equals("refused")) {
                throw new InvalidJobException("type 'refused': not from here");
            }
            return request.toBuilder()
                    .header("order", request.headers().getOrDefault("order", "") + text)
                    .build();
        }
    }
}
