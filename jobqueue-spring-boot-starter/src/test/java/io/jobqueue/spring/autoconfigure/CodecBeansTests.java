package io.jobqueue.spring.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.codec.JacksonPayloadCodec;
import io.jobqueue.codec.PayloadCodec;
import io.jobqueue.spring.JobCodec;
import io.jobqueue.store.JobStore;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.annotation.Order;

class CodecBeansTests {

    private final ApplicationContextRunner runner = StarterContext.runner();

    @Test
    void firstInOrderWritesThePayloads() {
        runner.withUserConfiguration(Two.class)
                .run(context -> assertThat(stored(context, "any")).isEqualTo("\"first Ada\""));
    }

    @Test
    void primaryOneWritesThePayloadsWhateverItsOrder() {
        runner.withUserConfiguration(Two.class, OnePrimary.class)
                .run(context -> assertThat(stored(context, "any")).isEqualTo("\"primary Ada\""));
    }

    @Test
    void markedOneIsThatOfItsTypesAndOfNoOther() {
        runner.withUserConfiguration(Two.class, Marked.class).run(context -> {
            assertThat(stored(context, "photo")).isEqualTo("\"photo Ada\"");
            assertThat(stored(context, "invoice")).isEqualTo("\"photo Ada\"");
            assertThat(stored(context, "any")).isEqualTo("\"first Ada\"");
        });
    }

    @Test
    void markedOneAloneLeavesTheOtherTypesToJackson() {
        runner.withUserConfiguration(Marked.class).run(context -> {
            assertThat(stored(context, "photo")).isEqualTo("\"photo Ada\"");
            assertThat(stored(context, "any")).isEqualTo("\"Ada\"");
        });
    }

    @Test
    void typeWithTwoCodecsStopsTheStartWithBothBeans() {
        runner.withUserConfiguration(Marked.class, MarkedTwice.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("Job type 'photo' has two codecs, the beans 'photos' and 'again'"));
    }

    private static String stored(ApplicationContext context, String type) {
        JobId id = context.getBean(JobQueue.class)
                .enqueue(JobRequest.of(type, "Ada").build())
                .id();
        return new String(
                context.getBean(JobStore.class)
                        .ledger()
                        .find(JobQueue.DEFAULT_QUEUE, id.value())
                        .orElseThrow()
                        .spec()
                        .payload(),
                UTF_8);
    }

    /** Writes texts with a mark. */
    private record Marking(String mark) implements PayloadCodec {

        private static final JacksonPayloadCodec JSON = new JacksonPayloadCodec();

        @Override
        public byte[] write(Object value) {
            return JSON.write(mark + " " + value);
        }

        @Override
        public @Nullable Object read(byte[] json, Type type) {
            return JSON.read(json, type);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Two {

        @Bean
        @Order(2)
        PayloadCodec second() {
            return new Marking("second");
        }

        @Bean
        @Order(1)
        PayloadCodec first() {
            return new Marking("first");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OnePrimary {

        @Bean
        @Primary
        @Order(3)
        PayloadCodec primary() {
            return new Marking("primary");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Marked {

        @Bean
        @Order(0)
        @JobCodec({"photo", "invoice"})
        PayloadCodec photos() {
            return new Marking("photo");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class MarkedTwice {

        @Bean
        @JobCodec("photo")
        PayloadCodec again() {
            return new Marking("again");
        }
    }
}
