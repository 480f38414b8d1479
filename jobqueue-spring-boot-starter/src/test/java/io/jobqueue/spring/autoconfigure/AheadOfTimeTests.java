package io.jobqueue.spring.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Job;
import io.jobqueue.JobContext;
import io.jobqueue.spring.JobHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.env.MapPropertySource;

/** What is generated ahead of time. That it runs is shown by the sample, which is packaged with such code. */
class AheadOfTimeTests {

    private static final String KEY = "bXktc2VjcmV0LWtleS1vZi0zMi1ieXRlcy0wMDAwMDE=";

    @Test
    void handlersPayloadsResultsPropertiesAndScriptsAreHintedAndSecretsAreNotInTheCode() {
        TestGenerationContext generation = generate(Map.of(
                "jobqueue.store.type", "redis",
                "jobqueue.store.redis.url", "redis://ada:s3cret@127.0.0.1:1",
                "jobqueue.encryption.keys.k1", KEY));

        RuntimeHints hints = generation.getRuntimeHints();
        for (String method : List.of("plain", "whole", "meta", "later")) {
            assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Mails.class, method))
                    .as(method)
                    .accepts(hints);
        }
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(LazyMails.class, "lazy"))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Mail.class, "to"))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Receipt.class, "number"))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Inherited.class, "inherited"))
                .accepts(hints);
        for (Class<?> inherited : List.of(InheritedMail.class, InheritedReceipt.class)) {
            assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(inherited, "text"))
                    .as(inherited.getName())
                    .accepts(hints);
        }
        assertThat(RuntimeHintsPredicates.reflection().onType(EncryptionProperties.class))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.resource().forResource("io/jobqueue/store/redis/exchange.lua"))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.resource().forResource("io/jobqueue/store/redis/include/keys.lua"))
                .accepts(hints);
        assertThat(sources(generation))
                .contains("RedisStoreConfiguration", "LazyMails")
                .doesNotContain(KEY, "s3cret");
    }

    private static TestGenerationContext generate(Map<String, Object> properties) {
        TestGenerationContext generation = new TestGenerationContext();
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            addProperties(context, properties);
            context.register(Application.class);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        }
        generation.writeGeneratedContent();
        return generation;
    }

    private static String sources(TestGenerationContext generation) {
        StringBuilder sources = new StringBuilder();
        generation.getGeneratedFiles().getGeneratedFiles(Kind.SOURCE).values().forEach(source -> {
            try {
                sources.append(new String(source.getInputStream().readAllBytes(), UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return sources.toString();
    }

    private static void addProperties(GenericApplicationContext context, Map<String, Object> properties) {
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
    }

    record Mail(String to) {}

    record Receipt(String number) {}

    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @JobHandler
    @interface Mailing {

        @AliasFor(annotation = JobHandler.class, attribute = "type")
        String type();
    }

    static class Mails {

        @JobHandler("mail")
        Receipt plain(Mail mail, JobContext job) {
            return new Receipt("plain " + mail.to());
        }

        @JobHandler("whole")
        Receipt whole(Job<Mail> job) {
            return new Receipt("whole " + Objects.requireNonNull(job.payload()).to());
        }

        @Mailing(type = "meta")
        Receipt meta(Mail mail) {
            return new Receipt("meta " + mail.to());
        }

        @JobHandler("later")
        CompletionStage<Receipt> later(Mail mail) {
            return CompletableFuture.completedFuture(new Receipt("later " + mail.to()));
        }
    }

    record InheritedMail(String text) {}

    record InheritedReceipt(String text) {}

    abstract static class Inherited<P, R> {

        @JobHandler("inherited")
        List<R> inherited(Job<P> job) {
            throw new AssertionError("not called");
        }
    }

    static class InheritingMails extends Inherited<InheritedMail, InheritedReceipt> {}

    static class LazyMails {

        @JobHandler(type = "lazy", queue = "mails")
        Receipt lazy(Mail mail) {
            return new Receipt("lazy " + mail.to());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        JacksonAutoConfiguration.class,
        ValidationAutoConfiguration.class,
        JobQueueStoreAutoConfiguration.class,
        JobQueueAutoConfiguration.class,
        JobQueueHealthAutoConfiguration.class
    })
    static class Application {

        @Bean
        Mails mails() {
            return new Mails();
        }

        @Bean
        InheritingMails inheritingMails() {
            return new InheritingMails();
        }

        @Bean
        @Lazy
        LazyMails lazyMails() {
            return new LazyMails();
        }
    }
}
