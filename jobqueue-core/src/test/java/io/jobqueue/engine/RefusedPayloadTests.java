package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jobqueue.JobFailedException;
import io.jobqueue.JobRequest;
import io.jobqueue.PayloadException;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RefusedPayloadTests {

    @Test
    void payloadThatTheHandlerRefusesIsNotTriedAgain() {
        AtomicInteger runs = new AtomicInteger();
        try (MemoryStore store = new MemoryStore();
                JobEngine engine = JobEngine.builder(store)
                        .handler(HandlerDefinition.of("greet", "greetings", String.class, (name, job) -> {
                            runs.incrementAndGet();
                            throw new PayloadException("name: is blank", null);
                        }))
                        .build()) {
            engine.start();

            assertThatExceptionOfType(JobFailedException.class)
                    .isThrownBy(() -> engine.jobQueue()
                            .enqueueAndWait(JobRequest.of("greet", "").build(), String.class, Duration.ofSeconds(10)))
                    .satisfies(failed -> assertThat(failed.error().message()).isEqualTo("name: is blank"));
            assertThat(runs).hasValue(1);
        }
    }
}
