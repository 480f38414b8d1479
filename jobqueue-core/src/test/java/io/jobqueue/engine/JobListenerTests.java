package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.JobEvent;
import io.jobqueue.JobEvent.Kind;
import io.jobqueue.JobListener;
import io.jobqueue.JobQueueException;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSubscription;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobListenerTests {

    private final MemoryStore memory = new MemoryStore();
    private final FlakyStore store = new FlakyStore(memory);
    private final JobEngine engine =
            JobEngine.builder(store).claimWait(Duration.ofMillis(50)).build();
    private final BlockingQueue<JobEvent> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        engine.close();
        memory.close();
    }

    private void enqueue(String id) {
        engine.jobQueue().enqueue(JobRequest.of("type", "x").queue("q").id(id).build());
    }

    private static String next(BlockingQueue<JobEvent> events) throws InterruptedException {
        JobEvent event = events.poll(20, TimeUnit.SECONDS);
        assertThat(event).as("next event").isNotNull();
        return event.kind() + " " + event.id().value();
    }

    @Test
    void listenerHearsOfEverythingAfterItsSubscriptionInOrder() throws InterruptedException {
        engine.jobQueue().listen("q", event -> {}); // lets the one before be recorded
        enqueue("before");

        engine.jobQueue().listen("q", heard::add);
        enqueue("a");
        engine.jobQueue().queue("q").remove("a");
        enqueue("b");

        assertThat(List.of(next(heard), next(heard), next(heard)))
                .containsExactly("ENQUEUED a", "REMOVED a", "ENQUEUED b");
    }

    @Test
    void producerHearsWhatAWorkerDoes() throws InterruptedException {
        engine.jobQueue().listen("q", heard::add);
        try (JobEngine worker = JobEngine.builder(memory)
                .handler(HandlerDefinition.of("type", "q", String.class, (payload, job) -> null))
                .build()) {
            worker.start();
            enqueue("a");

            assertThat(List.of(next(heard), next(heard), next(heard)))
                    .containsExactly("ENQUEUED a", "STARTED a", "COMPLETED a");
        }
    }

    @Test
    void listenerThatThrowsHoldsUpNobody() throws InterruptedException {
        BlockingQueue<JobEvent> ofThrowing = new LinkedBlockingQueue<>();
        engine.jobQueue().listen("q", event -> {
            ofThrowing.add(event);
            throw new AssertionError("on purpose");
        });
        engine.jobQueue().listen("q", heard::add);

        enqueue("a");
        enqueue("b");

        assertThat(List.of(next(heard), next(heard))).containsExactly("ENQUEUED a", "ENQUEUED b");
        assertThat(List.of(next(ofThrowing), next(ofThrowing))).containsExactly("ENQUEUED a", "ENQUEUED b");
    }

    @Test
    void closedSubscriptionHearsNothingMore() throws InterruptedException {
        BlockingQueue<JobEvent> ofClosed = new LinkedBlockingQueue<>();
        JobSubscription subscription = engine.jobQueue().listen("q", ofClosed::add);
        engine.jobQueue().listen("q", heard::add);

        subscription.close();
        subscription.close();
        enqueue("a");

        assertThat(next(heard)).isEqualTo("ENQUEUED a");
        assertThat(ofClosed).isEmpty();
    }

    @Test
    void queueIsListenedToAgainAfterItsLastListenerWasClosed() throws InterruptedException {
        engine.jobQueue().listen("q", event -> {}).close();
        engine.jobQueue().listen("q", heard::add);

        enqueue("a");

        assertThat(next(heard)).isEqualTo("ENQUEUED a");
    }

    @Test
    void storeThatIsAwayIsListenedToWhenItIsBack() throws InterruptedException {
        store.refuse();
        engine.jobQueue().listen("q", heard::add);
        store.heal();

        for (int i = 0; heard.isEmpty() && i < 10_000; i++) {
            enqueue("job-" + i);
            heardWithin(Duration.ofMillis(20));
        }

        assertThat(heard.take().kind()).isEqualTo(Kind.ENQUEUED);
    }

    @Test
    void listenerIsToldHowManyItHasMissed() throws InterruptedException {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        engine.jobQueue().listen("q", new JobListener() {

            @Override
            public void onEvent(JobEvent event) {
                told.add(event.id().value());
            }

            @Override
            public void onMissed(String queue, long count) {
                told.add(queue + " missed " + count);
            }
        });
        store.refuse();
        JobEngine other = JobEngine.builder(memory).build();
        for (int i = 0; i < 1_005; i++) {
            other.jobQueue()
                    .enqueue(
                            JobRequest.of("type", "x").queue("q").id("job-" + i).build());
        }

        store.heal();

        assertThat(told.poll(20, TimeUnit.SECONDS)).startsWith("q missed ").isNotEqualTo("q missed 0");
        other.close();
    }

    @Test
    void closedEngineListensToNothing() {
        engine.close();

        assertThatThrownBy(() -> engine.jobQueue().listen("q", event -> {}))
                .isInstanceOf(JobQueueException.class)
                .hasMessageContaining("closed");
    }

    private void heardWithin(Duration time) throws InterruptedException {
        JobEvent event = heard.poll(time.toMillis(), TimeUnit.MILLISECONDS);
        if (event != null) {
            heard.add(event);
        }
    }
}
