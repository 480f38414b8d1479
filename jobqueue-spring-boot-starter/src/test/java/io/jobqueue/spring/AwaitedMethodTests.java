package io.jobqueue.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.spring.autoconfigure.StartFailure;
import io.jobqueue.spring.autoconfigure.StarterContext;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ReactiveTypeDescriptor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

class AwaitedMethodTests {

    @ParameterizedTest
    @ValueSource(
            classes = {
                AsyncMethod.class,
                AsyncClass.class,
                InheritedAsyncClass.class,
                MetaAnnotated.class,
                AsyncWithValue.class,
                AsyncStage.class,
                AsyncInterface.class
            })
    void asynchronousMethodIsRefused(Class<?> beanClass) {
        assertRefused(beanClass, "is @Async and returns", "Remove @Async");
    }

    @Test
    void asynchronousFutureIsAwaited() {
        StarterContext.runner()
                .withUserConfiguration(WithAsync.class)
                .withBean(AsyncFuture.class)
                .run(context -> {
                    String result = context.getBean(JobQueue.class)
                            .enqueueAndWait(JobRequest.of("mail").build(), String.class, Duration.ofSeconds(20));

                    assertThat(result).isEqualTo("sent on async-1");
                });
    }

    @Test
    void futureThatNobodyCanAwaitIsRefused() {
        assertRefused(
                PlainFuture.class,
                "returns java.util.concurrent.Future<java.lang.String>, and nothing says when a Future is done",
                "Return a CompletableFuture");
    }

    @Test
    void publisherIsRefused() {
        assertRefused(Publishing.class, "returns java.util.concurrent.Flow$Publisher<java.lang.String>", "toFuture()");
    }

    @Test
    void reactiveStreamIsRefusedWithoutALibraryThatSpringKnows() {
        assertRefused(Streaming.class, "Stream, and nobody subscribes to it", "toFuture()");
    }

    @Test
    void typeThatSpringKnowsAsReactiveIsRefused() {
        ReactiveAdapterRegistry.getSharedInstance()
                .registerReactiveType(
                        ReactiveTypeDescriptor.singleRequiredValue(Later.class),
                        later -> {
                            throw new AssertionError("not called");
                        },
                        publisher -> {
                            throw new AssertionError("not called");
                        });

        assertRefused(Lately.class, "Later, and nobody subscribes to it", "toFuture()");
    }

    @Test
    void genericReturnTypeIsThatOfTheSubclass() {
        assertRefused(
                GenericFuture.class, "returns java.util.concurrent.Future<java.lang.String>", "CompletableFuture");
    }

    @Test
    void stageOfAGenericSuperclassIsAwaited() {
        StarterContext.runner()
                .withBean(GenericStage.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    private static void assertRefused(Class<?> beanClass, String description, String action) {
        StarterContext.runner().withBean(beanClass).run(context -> {
            FailureAnalysis analysis = StartFailure.analysisOf(context);
            assertThat(analysis.getDescription())
                    .contains(beanClass.getName() + ".send(")
                    .contains(description)
                    .contains("would be completed before they have run");
            assertThat(analysis.getAction()).contains(action);
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync(proxyTargetClass = true)
    static class WithAsync {

        @Bean
        SimpleAsyncTaskExecutor taskExecutor() {
            return new SimpleAsyncTaskExecutor("async-");
        }
    }

    @Target({ElementType.METHOD, ElementType.TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @Async
    @interface InBackground {}

    static class AsyncMethod {
        @Async
        @JobHandler("mail")
        void send(WelcomeMail mail) {}
    }

    @Async
    static class AsyncClass {
        @JobHandler("mail")
        void send(WelcomeMail mail) {}
    }

    static class InheritedAsyncClass extends AsyncClass {}

    static class MetaAnnotated {
        @InBackground
        @JobHandler("mail")
        void send(WelcomeMail mail) {}
    }

    /** Spring makes no asynchronous call that returns one. */
    static class AsyncStage {

        @Async
        @JobHandler("mail")
        CompletionStage<String> send() {
            throw new AssertionError("not called");
        }
    }

    static class AsyncWithValue {
        @Async
        @JobHandler("mail")
        String send(WelcomeMail mail) {
            return "sent";
        }
    }

    interface Sending {
        @Async
        void send(WelcomeMail mail);
    }

    static class AsyncInterface implements Sending {
        @Override
        @JobHandler("mail")
        public void send(WelcomeMail mail) {}
    }

    static class AsyncFuture {
        @Async
        @JobHandler("mail")
        CompletableFuture<String> send() {
            return CompletableFuture.completedFuture(
                    "sent on " + Thread.currentThread().getName());
        }
    }

    static class PlainFuture {
        @JobHandler("mail")
        Future<String> send(WelcomeMail mail) {
            throw new AssertionError("not called");
        }
    }

    static class Publishing {
        @JobHandler("mail")
        Flow.Publisher<String> send(WelcomeMail mail) {
            throw new AssertionError("not called");
        }
    }

    interface Stream extends org.reactivestreams.Publisher<String> {}

    static class Streaming {
        @JobHandler("mail")
        Stream send(WelcomeMail mail) {
            throw new AssertionError("not called");
        }
    }

    static class Later {}

    static class Lately {
        @JobHandler("mail")
        Later send(WelcomeMail mail) {
            throw new AssertionError("not called");
        }
    }

    abstract static class Generic<R> {
        @JobHandler("mail")
        R send(WelcomeMail mail) {
            throw new AssertionError("not called");
        }
    }

    static class GenericFuture extends Generic<Future<String>> {}

    static class GenericStage extends Generic<CompletionStage<String>> {}
}
