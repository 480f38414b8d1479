package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Cancellation;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobContext;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.JobState;
import io.jobqueue.engine.EngineListener.Outcome;
import io.jobqueue.store.contract.HeldClock;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobDrainTests {

    private final HeldClock clock = new HeldClock();
    private final MemoryStore store = new MemoryStore(clock);
    private final List<String> around = new ArrayList<>();
    private final JobEngine engine = JobEngine.builder(store)
            .handler(HandlerDefinition.of("mail", "mails", String.class, this::handle))
            .interceptor((job, chain) -> {
                around.add(job.job().id().value());
                return chain.proceed();
            })
            .build();
    private final JobQueue queue = engine.jobQueue();
    private final JobDrain drain = engine.drain();
    private @Nullable Thread ranOn;
    private @Nullable RuntimeException failure;
    private Runnable during = () -> {};

    private String handle(String name, JobContext context) {
        ranOn = Thread.currentThread();
        during.run();
        if (failure != null) {
            throw failure;
        }
        return "sent to " + name;
    }

    @AfterEach
    void close() {
        engine.close();
        store.close();
    }

    private JobId enqueue(String id) {
        return queue.enqueue(JobRequest.of("mail", id).id(id).build()).id();
    }

    private JobState state(JobId id) {
        return queue.find(id).orElseThrow().state();
    }

    @Test
    void nothingDueIsEmpty() {
        queue.enqueue(JobRequest.of("mail", "ada").delay(Duration.ofSeconds(1)).build());

        assertThat(drain.runNext("mails")).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(drain.runNext("mails")).isPresent();
    }

    @Test
    void jobRunsOnTheCallingThreadAndIsSettled() {
        JobId id = enqueue("ada");

        DrainedJob ran = drain.runNext("mails").orElseThrow();

        assertThat(ran).isEqualTo(new DrainedJob(id, "mail", 1, Outcome.COMPLETED, null));
        assertThat(ranOn).isSameAs(Thread.currentThread());
        assertThat(around).containsExactly("ada");
        assertThat(queue.find(id).orElseThrow().result(String.class)).contains("sent to ada");
    }

    @Test
    void jobsRunInTheirOrder() {
        enqueue("a");
        enqueue("b");

        assertThat(drain.runNext("mails").orElseThrow().id().value()).isEqualTo("a");
        assertThat(drain.runNext("mails").orElseThrow().id().value()).isEqualTo("b");
        assertThat(drain.runNext("mails")).isEmpty();
    }

    @Test
    void failedAttemptIsRetriedWhenItsDelayHasPassed() {
        JobId id = enqueue("ada");
        failure = new IllegalStateException("no server");

        DrainedJob first = drain.runNext("mails").orElseThrow();

        assertThat(first.outcome()).isEqualTo(Outcome.RETRIED);
        assertThat(first.failure()).isSameAs(failure);
        assertThat(state(id)).isEqualTo(JobState.SCHEDULED);
        assertThat(drain.runNext("mails")).isEmpty();
        failure = null;
        clock.advance(Duration.ofSeconds(2));
        assertThat(drain.runNext("mails").orElseThrow().attempt()).isEqualTo(2);
        assertThat(state(id)).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void payloadThatCannotBeReadFailsWithItsReason() {
        JobId id = queue.enqueue(JobRequest.of("mail", List.of(1, 2)).build()).id();

        DrainedJob ran = drain.runNext("mails").orElseThrow();

        assertThat(ran.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ran.failure()).isNotNull();
        assertThat(state(id)).isEqualTo(JobState.FAILED);
    }

    @Test
    void jobWithoutHandlerIsHandedBack() {
        queue.enqueue(JobRequest.of("other", "ada").queue("mails").build());

        assertThat(drain.runNext("mails").orElseThrow().outcome()).isEqualTo(Outcome.RELEASED);
    }

    @Test
    void pausedQueueRunsNothing() {
        enqueue("ada");
        queue.queue("mails").pause();

        assertThat(drain.runNext("mails")).isEmpty();
    }

    @Test
    void cancelDuringTheRunShowsWhenItIsSettled() {
        JobId id = enqueue("ada");
        during = () -> assertThat(queue.cancel(id)).isEqualTo(Cancellation.REQUESTED);

        assertThat(drain.runNext("mails")).isPresent();

        assertThat(state(id)).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void outcomeIsDroppedWhenTheLeaseEndsDuringTheRun() {
        JobId id = enqueue("ada");
        during = () -> clock.advance(Duration.ofMinutes(1));

        DrainedJob ran = drain.runNext("mails").orElseThrow();

        assertThat(ran.outcome()).isNull();
        assertThat(state(id)).isNotEqualTo(JobState.COMPLETED);
    }

    @Test
    void nothingIsLeftBehind() {
        enqueue("ada");

        assertThat(drain.runNext("mails")).isPresent();

        assertThat(queue.workers("mails")).isEmpty();
        assertThat(queue.counts("mails").active()).isZero();
    }

    @Test
    void nameThatIsNoneIsRefused() {
        assertThatThrownBy(() -> drain.runNext("")).isInstanceOf(InvalidJobException.class);
    }
}
