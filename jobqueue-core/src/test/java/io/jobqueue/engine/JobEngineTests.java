package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobRequest;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JobEngineTests {

    @Test
    void resultReachesTheCaller() {
        try (MemoryStore store = new MemoryStore();
                JobEngine engine = JobEngine.builder(store)
                        .handler(HandlerDefinition.of(
                                "greet", "greetings", String.class, (name, job) -> "Hello " + name))
                        .build()) {
            engine.start();

            String result = engine.jobQueue()
                    .enqueueAndWait(JobRequest.of("greet", "Ada").build(), String.class, Duration.ofSeconds(10));

            assertThat(result).isEqualTo("Hello Ada");
        }
    }
}
