package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jobqueue.EnqueueInterceptor;
import io.jobqueue.Enqueued;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EnqueueInterceptorTests {

    private final MemoryStore store = new MemoryStore();
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void close() {
        store.close();
    }

    private JobQueue queue(EnqueueInterceptor... interceptors) {
        JobEngine.Builder builder = JobEngine.builder(store);
        List.of(interceptors).forEach(builder::enqueueInterceptor);
        return builder.build().jobQueue();
    }

    private static EnqueueInterceptor header(String name, String value) {
        return request -> request.toBuilder().header(name, value).build();
    }

    private JobRequest counted(JobRequest request) {
        calls.incrementAndGet();
        if (request.type().equals("refused")) {
            throw new InvalidJobException("type 'refused': is not allowed here");
        }
        return request;
    }

    private static JobSnapshot stored(JobQueue queue, Enqueued enqueued) {
        return queue.find(enqueued.id()).orElseThrow();
    }

    @Test
    void eachInterceptorGetsWhatTheOneBeforeReturned() {
        JobQueue queue = queue(
                header("tenant", "a"),
                request -> request.toBuilder()
                        .header("seen", String.valueOf(request.headers().get("tenant")))
                        .build());

        JobSnapshot job = stored(queue, queue.enqueue("mail", "text"));

        assertThat(job.headers()).isEqualTo(Map.of("tenant", "a", "seen", "a"));
    }

    @Test
    void everyOptionMayBeChanged() {
        JobQueue queue = queue(request -> request.toBuilder()
                .queue("slow")
                .id("fixed")
                .priority(7)
                .delay(Duration.ofHours(1))
                .build());

        Enqueued enqueued =
                queue.enqueue(JobRequest.of("mail", "text").id("asked").build());

        assertThat(enqueued.id()).hasToString("slow/fixed");
        assertThat(stored(queue, enqueued))
                .returns(JobState.SCHEDULED, JobSnapshot::state)
                .returns(7, JobSnapshot::priority);
    }

    @Test
    void refusedRequestIsNotStored() {
        JobQueue queue = queue(this::counted);

        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> queue.enqueue("refused", "text"))
                .withMessage("type 'refused': is not allowed here");
        assertThat(queue.queues()).isEmpty();
    }

    @Test
    void oneRefusedOfManyKeepsAllFromBeingStored() {
        JobQueue queue = queue(this::counted);
        JobRequest good = JobRequest.of("mail", "text").build();
        JobRequest bad = JobRequest.of("refused", "text").build();

        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> queue.enqueueAll(List.of(good, bad, good)))
                .withMessageContainingAll("request 1 of 3", "is not allowed here", "nothing was stored");
        assertThat(queue.queues()).isEmpty();
    }

    @Test
    void everyWayToEnqueueCallsOnceARequest() {
        JobQueue queue = queue(this::counted);
        JobRequest request = JobRequest.of("mail", "text").build();

        queue.enqueue("mail", "text");
        queue.enqueue(request);
        assertThat(calls).hasValue(2);

        queue.enqueueAll(List.of(request, request, request));
        assertThat(calls).hasValue(5);

        queue.enqueueForResult(request, String.class, Duration.ofSeconds(1)).cancel(true);
        assertThat(calls).hasValue(6);
    }

    @Test
    @SuppressWarnings("NullAway") // users are not all checked for it
    void interceptorThatReturnsNullIsNamed() {
        EnqueueInterceptor broken = request -> null;
        JobQueue queue = queue(broken);

        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> queue.enqueue("mail", "text"))
                .withMessageContainingAll(broken.getClass().getName(), "returned null");
    }
}
