package io.jobqueue.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobId;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.codec.JacksonPayloadCodec;
import io.jobqueue.codec.PayloadCodec;
import io.jobqueue.store.memory.MemoryStore;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CodecOfTypeTests {

    private static final Duration BOUND = Duration.ofSeconds(20);

    private final MemoryStore store = new MemoryStore();
    private final JobEngine engine = JobEngine.builder(store)
            .codec("shouted", new Shouting())
            .handler(HandlerDefinition.of("shouted", "work", String.class, (payload, job) -> "re: " + payload))
            .handler(HandlerDefinition.of("plain", "work", String.class, (payload, job) -> "re: " + payload))
            .build();

    @BeforeEach
    void start() {
        engine.start();
    }

    @AfterEach
    void close() {
        engine.close();
        store.close();
    }

    /** Stores texts in capitals and reads them in small letters. */
    private static final class Shouting implements PayloadCodec {

        private final PayloadCodec json = new JacksonPayloadCodec();

        @Override
        public byte[] write(Object value) {
            return json.write(value.toString().toUpperCase(Locale.ROOT));
        }

        @Override
        public @Nullable Object read(byte[] stored, Type type) {
            return String.valueOf(json.read(stored, type)).toLowerCase(Locale.ROOT);
        }
    }

    @Test
    void payloadAndResultOfTheTypeGoThroughItsCodec() {
        assertThat(await("shouted")).isEqualTo("re: hello");
        assertThat(stored("shouted").payload().json()).isEqualTo("\"HELLO\"".getBytes(UTF_8));
        assertThat(stored("shouted").payload().as(String.class)).isEqualTo("hello");
        assertThat(stored("shouted").result(String.class)).contains("re: hello");
    }

    @Test
    void otherTypesKeepTheStandardCodec() {
        assertThat(await("plain")).isEqualTo("re: Hello");
        assertThat(stored("plain").payload().json()).isEqualTo("\"Hello\"".getBytes(UTF_8));
    }

    @Test
    void keptResultIsReadByTheCodecToo() {
        await("shouted");

        assertThat(await("shouted")).isEqualTo("re: hello");
    }

    private @Nullable String await(String type) {
        JobRequest request = JobRequest.of(type, "Hello").id(type).build();
        return engine.jobQueue().enqueueAndWait(request, String.class, BOUND);
    }

    private JobSnapshot stored(String type) {
        return engine.jobQueue().find(JobId.of("work", type)).orElseThrow();
    }
}
