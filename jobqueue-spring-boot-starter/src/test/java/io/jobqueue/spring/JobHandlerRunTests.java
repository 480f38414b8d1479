package io.jobqueue.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jobqueue.Job;
import io.jobqueue.JobContext;
import io.jobqueue.JobFailedException;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.PayloadException;
import io.jobqueue.spring.autoconfigure.StarterContext;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class JobHandlerRunTests {

    private static final WelcomeMail MAIL = new WelcomeMail("ada@example.org");

    private final ApplicationContextRunner runner = StarterContext.runner()
            .withPropertyValues("jobqueue.defaults.backoff.initial=0s", "jobqueue.defaults.backoff.jitter=0")
            .withBean("mails", Mails.class);

    @Test
    void returnedValueIsTheResult() {
        runner.run(context -> assertThat(await(context, JobRequest.of("value", MAIL), String.class))
                .isEqualTo("sent to ada@example.org"));
    }

    @Test
    void voidMethodCompletesWithoutResult() {
        runner.run(context -> assertThat(await(context, JobRequest.of("nothing"), String.class))
                .isNull());
    }

    @Test
    void methodWithoutPayloadIsGivenJobsOfAnyPayload() {
        runner.run(context -> {
            assertThat(await(context, JobRequest.of("nothing", MAIL), String.class))
                    .isNull();
            assertThat(await(context, JobRequest.of("nothing", 42), String.class))
                    .isNull();
        });
    }

    @Test
    void futureIsAwaited() {
        runner.run(context -> {
            CompletableFuture<String> answer = context.getBean(Mails.class).answer;
            CompletableFuture<@Nullable String> result = context.getBean(JobQueue.class)
                    .enqueueForResult(JobRequest.of("future", MAIL).build(), String.class, Duration.ofSeconds(10));
            assertThat(result).isNotDone();
            answer.complete("later");
            assertThat(result.get()).isEqualTo("later");
        });
    }

    @Test
    void failedFutureFailsTheAttemptWithItsCause() {
        runner.run(context -> {
            context.getBean(Mails.class).answer.completeExceptionally(new IllegalStateException("no route"));
            assertThatExceptionOfType(JobFailedException.class)
                    .isThrownBy(
                            () -> await(context, JobRequest.of("future", MAIL).maxAttempts(1), String.class))
                    .satisfies(failed -> assertThat(failed.error().summary())
                            .isEqualTo("java.lang.IllegalStateException: no route"));
        });
    }

    @Test
    void exceptionIsRetriedAndKeptAsTheHandlerThrewIt() {
        runner.run(context -> {
            assertThatExceptionOfType(JobFailedException.class)
                    .isThrownBy(
                            () -> await(context, JobRequest.of("broken", MAIL).maxAttempts(2), String.class))
                    .satisfies(failed ->
                            assertThat(failed.error().summary()).isEqualTo("java.io.IOException: mailbox full"));
            assertThat(context.getBean(Mails.class).calls).hasValue(2);
        });
    }

    @Test
    void contextAndHeadersAreGivenInAnyOrder() {
        runner.run(context -> {
            JobRequest.Builder request =
                    JobRequest.of("headers", MAIL).id("1").header("tenant", "a").header("locale", "eo");
            assertThat(await(context, request, String.class))
                    .isEqualTo("a eo null {locale=eo, tenant=a} default/1 ada@example.org");
        });
    }

    @Test
    void missingHeaderFailsTheJobWithoutRetry() {
        runner.run(context -> {
            assertFailsAtOnce(context, JobRequest.of("headers", MAIL), "has no header 'tenant'");
        });
    }

    @Test
    void jobWithoutPayloadGivesNull() {
        runner.run(context -> assertThat(await(context, JobRequest.of("optional"), String.class))
                .isEqualTo("nobody"));
    }

    @Test
    void primitiveWithoutPayloadFailsTheJobWithoutRetry() {
        runner.run(context -> assertFailsAtOnce(context, JobRequest.of("number"), "has no payload"));
    }

    @Test
    void payloadAndContextAreGivenAsOne() {
        runner.run(context -> assertThat(
                        await(context, JobRequest.of("whole", MAIL).id("1"), String.class))
                .isEqualTo("default/1 ada@example.org"));
    }

    @Test
    void jobWithoutPayloadIsGivenAsOneToo() {
        runner.run(context -> assertThat(await(context, JobRequest.of("whole").id("1"), String.class))
                .isEqualTo("default/1 nobody"));
    }

    @Test
    void payloadOfAGenericSuperclassIsReadAsTheSubclassSays() {
        StarterContext.runner()
                .withBean(Greetings.class)
                .run(context -> assertThat(await(context, JobRequest.of("greeting", MAIL), String.class))
                        .isEqualTo("ada@example.org"));
    }

    @Test
    void prototypeBeanIsCreatedForEveryJob() {
        StarterContext.runner()
                .withBean(
                        Counting.class,
                        Counting::new,
                        definition -> definition.setScope(BeanDefinition.SCOPE_PROTOTYPE))
                .run(context -> {
                    assertThat(await(context, JobRequest.of("count"), Integer.class))
                            .isEqualTo(1);
                    assertThat(await(context, JobRequest.of("count"), Integer.class))
                            .isEqualTo(1);
                });
    }

    @Test
    void adviceOfAClassProxyAppliesToAPackagePrivateMethod() {
        assertAdvised(ClassProxyConfiguration.class);
    }

    @Test
    void adviceOfAJdkProxyApplies() {
        assertAdvised(JdkProxyConfiguration.class);
    }

    private static void assertFailsAtOnce(ApplicationContext context, JobRequest.Builder request, String why) {
        assertThatExceptionOfType(JobFailedException.class)
                .isThrownBy(() -> await(context, request, String.class))
                .satisfies(failed -> {
                    assertThat(failed.error().type()).isEqualTo(PayloadException.class.getName());
                    assertThat(failed.error().message()).contains(why);
                    assertThat(context.getBean(JobQueue.class).find(failed.id()))
                            .hasValueSatisfying(
                                    job -> assertThat(job.attempts()).isEqualTo(1));
                });
    }

    private static void assertAdvised(Class<?> configuration) {
        StarterContext.runner()
                .withUserConfiguration(configuration)
                .run(context -> assertThat(await(context, JobRequest.of("greet"), String.class))
                        .isEqualTo("advised hello"));
    }

    private static <R> @Nullable R await(ApplicationContext context, JobRequest.Builder request, Class<R> type) {
        return context.getBean(JobQueue.class).enqueueAndWait(request.build(), type, Duration.ofSeconds(10));
    }

    static class Mails {

        final AtomicInteger calls = new AtomicInteger();
        final CompletableFuture<String> answer = new CompletableFuture<>();

        @JobHandler("value")
        String value(WelcomeMail mail) {
            return "sent to " + mail.to();
        }

        @JobHandler("nothing")
        void nothing() {}

        @JobHandler("future")
        CompletionStage<String> future(WelcomeMail mail) {
            return answer;
        }

        @JobHandler("broken")
        void broken(WelcomeMail mail) throws java.io.IOException {
            calls.incrementAndGet();
            throw new java.io.IOException("mailbox full");
        }

        @JobHandler("headers")
        String headers(
                @JobHeader("tenant") String tenant,
                @JobHeader String locale,
                @JobHeader(value = "absent", required = false) @Nullable String absent,
                @JobHeader Map<String, String> all,
                JobContext job,
                WelcomeMail mail) {
            return tenant + " " + locale + " " + absent + " " + new java.util.TreeMap<>(all) + " " + job.id() + " "
                    + mail.to();
        }

        @JobHandler("optional")
        String optional(@Nullable WelcomeMail mail) {
            return mail == null ? "nobody" : mail.to();
        }

        @JobHandler("number")
        void number(int number) {}

        @JobHandler("whole")
        String whole(Job<WelcomeMail> job) {
            WelcomeMail mail = job.payload();
            return job.id() + " " + (mail == null ? "nobody" : mail.to());
        }
    }

    abstract static class Greeted<T> {

        @JobHandler("greeting")
        String greet(JobContext context, Job<T> job) {
            return to(Objects.requireNonNull(job.payload()));
        }

        abstract String to(T payload);
    }

    static class Greetings extends Greeted<WelcomeMail> {
        @Override
        String to(WelcomeMail mail) {
            return mail.to();
        }
    }

    static class Counting {

        private int calls;

        @JobHandler("count")
        int count() {
            return ++calls;
        }
    }

    interface Greeting {
        String greet();
    }

    static class Greeter implements Greeting {
        @Override
        @JobHandler("greet")
        public String greet() {
            return "hello";
        }
    }

    static class ShyGreeter {
        @JobHandler("greet")
        String greet() {
            return "hello";
        }
    }

    static class AdviceConfiguration {
        @Bean
        MethodInterceptor advice() {
            return invocation -> "advised " + invocation.proceed();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ClassProxyConfiguration extends AdviceConfiguration {
        @Bean
        static BeanNameAutoProxyCreator proxies() {
            return Proxies.of("greeter", true);
        }

        @Bean
        ShyGreeter greeter() {
            return new ShyGreeter();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class JdkProxyConfiguration extends AdviceConfiguration {
        @Bean
        static BeanNameAutoProxyCreator proxies() {
            return Proxies.of("greeter", false);
        }

        @Bean
        Greeting greeter() {
            return new Greeter();
        }
    }
}
