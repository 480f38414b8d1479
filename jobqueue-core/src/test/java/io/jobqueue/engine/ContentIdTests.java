package io.jobqueue.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Enqueued;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobRequest;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContentIdTests {

    private final MemoryStore store = new MemoryStore();
    private final AtomicInteger runs = new AtomicInteger();
    private final JobEngine engine = JobEngine.builder(store)
            .handler(HandlerDefinition.of("order", "orders", Map.class, (payload, job) -> runs.incrementAndGet()))
            .enqueueInterceptor(request -> request.headers().containsKey("other")
                    ? JobRequest.of(request.type(), Map.of("changed", true))
                            .contentId()
                            .build()
                    : request)
            .build();

    @AfterEach
    void close() {
        engine.close();
        store.close();
    }

    private static JobRequest.Builder order(Object... keysAndValues) {
        Map<String, Object> payload = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            payload.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return JobRequest.of("order", payload).contentId();
    }

    @Test
    void equalContentIsOneJobInBulkToo() {
        List<Enqueued> answers = engine.jobQueue()
                .enqueueAll(List.of(
                        order("a", 1, "b", 2).build(),
                        order("b", 2, "a", 1).build(),
                        order("a", 1, "b", 3).build()));

        assertThat(answers).extracting(Enqueued::isNew).containsExactly(true, false, true);
        assertThat(answers.get(0).id()).isEqualTo(answers.get(1).id());
        assertThat(answers.get(0).id().value()).matches("[0-9a-f]{64}");
    }

    @Test
    void typeIsContentAndTheQueueIsNot() {
        String order = engine.jobQueue().enqueue(order("a", 1).build()).id().value();
        JobRequest offer = JobRequest.of("offer", Map.of("a", 1)).contentId().build();

        assertThat(engine.jobQueue().enqueue(offer).id().value()).isNotEqualTo(order);
        assertThat(engine.jobQueue().enqueue(order("a", 1).queue("elsewhere").build()))
                .returns(true, Enqueued::isNew)
                .returns(order, answer -> answer.id().value());
    }

    @Test
    void jobWithoutPayloadIsNotAJobWithNull() {
        JobRequest nothing = JobRequest.of("order").contentId().build();

        assertThat(ContentId.of("order", new byte[0])).isNotEqualTo(ContentId.of("order", "null".getBytes(UTF_8)));
        assertThat(engine.jobQueue().enqueue(nothing).isNew()).isTrue();
        assertThat(engine.jobQueue().enqueue(nothing).isNew()).isFalse();
    }

    @Test
    void idIsMadeOfWhatTheInterceptorsLeft() {
        Enqueued first =
                engine.jobQueue().enqueue(order("a", 1).header("other", "1").build());
        Enqueued second =
                engine.jobQueue().enqueue(order("a", 2).header("other", "2").build());

        assertThat(second.isNew()).isFalse();
        assertThat(second.id()).isEqualTo(first.id());
    }

    @Test
    void keptResultAnswersTheSameQuestion() {
        engine.start();

        Integer first = engine.jobQueue().enqueueAndWait(order("q", 1).build(), Integer.class, Duration.ofSeconds(10));
        Integer again =
                engine.jobQueue().enqueueAndWait(order("q", 1.0).build(), Integer.class, Duration.ofSeconds(10));

        assertThat(again).isEqualTo(first);
        assertThat(runs).hasValue(1);
    }

    @Test
    void idAndContentIdAreNotGivenBoth() {
        assertThatThrownBy(() -> order("a", 1).id("mine").build())
                .isInstanceOf(InvalidJobException.class)
                .hasMessage("id 'mine' and contentId: give one of them, not both");
    }
}
