package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jobqueue.DeferredEnqueueException;
import io.jobqueue.EnqueueTiming;
import io.jobqueue.Enqueued;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobQueueException;
import io.jobqueue.JobRequest;
import io.jobqueue.JobState;
import io.jobqueue.JobWaitTimeoutException;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeferralTests {

    private final FlakyStore store = new FlakyStore(new MemoryStore());
    private final OpenTransaction transaction = new OpenTransaction();
    private final JobEngine engine = engine(EnqueueTiming.AFTER_COMMIT);
    private final JobQueue queue = engine.jobQueue();

    private JobEngine engine(EnqueueTiming timing) {
        return JobEngine.builder(store)
                .transactions(transaction)
                .enqueueTiming(timing)
                .maxPayloadBytes(100)
                .build();
    }

    @AfterEach
    void close() {
        engine.close();
        store.close();
    }

    @Test
    void jobIsStoredAfterTheCommitUnderTheIdThatWasAnswered() {
        transaction.begin();
        Enqueued answer = queue.enqueue("mail", "ada");

        assertThat(answer.isDeferred()).isTrue();
        assertThat(answer.isNew()).isFalse();
        assertThat(answer.state()).isNull();
        assertThat(queue.find(answer.id())).isEmpty();

        transaction.commit();
        assertThat(queue.find(answer.id())).isPresent();
    }

    @Test
    void rolledBackMeansNeverStored() {
        transaction.begin();
        queue.enqueue("mail", "ada");

        transaction.rollBack();

        assertThat(queue.queues()).isEmpty();
    }

    @Test
    void withoutTransactionEvenAfterCommitIsAtOnce() {
        Enqueued answer =
                queue.enqueue(JobRequest.of("mail", "ada").afterCommit().build());

        assertThat(answer.isNew()).isTrue();
    }

    @Test
    void requestThatSaysImmediatelyIsStoredInTheTransaction() {
        transaction.begin();

        Enqueued answer =
                queue.enqueue(JobRequest.of("mail", "ada").immediately().build());

        assertThat(answer.isNew()).isTrue();
        transaction.rollBack();
        assertThat(queue.find(answer.id())).isPresent();
    }

    @Test
    void requestThatSaysAfterCommitWaitsAlthoughOthersDoNot() {
        try (JobEngine eager = engine(EnqueueTiming.IMMEDIATE)) {
            transaction.begin();

            Enqueued usual = eager.jobQueue().enqueue("mail", "ada");
            Enqueued waiting = eager.jobQueue()
                    .enqueue(JobRequest.of("mail", "bob").afterCommit().build());

            assertThat(usual.isNew()).isTrue();
            assertThat(waiting.isDeferred()).isTrue();
            transaction.commit();
        }
    }

    @Test
    void badJobsAreRefusedInsideTheTransaction() {
        transaction.begin();

        assertThatThrownBy(() -> queue.enqueue("mail", "x".repeat(200)))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("keep it under 100");
        transaction.commit();
        assertThat(queue.queues()).isEmpty();
    }

    @Test
    void closedEngineRefusesInsideTheTransaction() {
        transaction.begin();
        engine.close();

        assertThatThrownBy(() -> queue.enqueue("mail", "ada"))
                .isInstanceOf(JobQueueException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void payloadIsWrittenWhenItIsEnqueued() {
        List<String> names = new ArrayList<>(List.of("ada"));
        transaction.begin();
        Enqueued answer = queue.enqueue("mail", names);

        names.add("bob");
        transaction.commit();

        assertThat(queue.find(answer.id()).orElseThrow().payload().as(String[].class))
                .containsExactly("ada");
    }

    @Test
    void manyEnqueuesAreStoredInOrderByOneCallAQueue() {
        transaction.begin();
        store.forgetCalls();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            ids.add(queue.enqueue("mail", i).id().value());
        }

        transaction.commit();

        assertThat(store.calls("enqueue")).isOne();
        assertThat(queue.queue(JobQueue.DEFAULT_QUEUE)
                        .list(JobState.WAITING, null, 100)
                        .jobs())
                .extracting(job -> job.id().value())
                .containsExactlyElementsOf(ids);
    }

    @Test
    void bulkOfBothKindsIsAnsweredInItsOrder() {
        transaction.begin();

        List<Enqueued> answers = queue.enqueueAll(List.of(
                JobRequest.of("mail", 1).id("a").build(),
                JobRequest.of("mail", 2).id("b").immediately().build(),
                JobRequest.of("mail", 3).id("c").build()));

        assertThat(answers).extracting(answer -> answer.id().value()).containsExactly("a", "b", "c");
        assertThat(answers).extracting(Enqueued::isDeferred).containsExactly(true, false, true);
        assertThat(queue.counts(JobQueue.DEFAULT_QUEUE).waiting()).isOne();
        transaction.commit();
        assertThat(queue.counts(JobQueue.DEFAULT_QUEUE).waiting()).isEqualTo(3);
    }

    @Test
    void storeThatIsAwayAfterTheCommitIsToldWithAllIds() {
        transaction.begin();
        JobId first = queue.enqueue("mail", "ada").id();
        JobId second = queue.enqueue("mail", "bob").id();
        store.refuse();

        DeferredEnqueueException failure = catchThrowableOfType(DeferredEnqueueException.class, transaction::commit);

        assertThat(failure.ids()).containsExactly(first, second);
        assertThat(failure)
                .hasCauseInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("the transaction has committed")
                .hasMessageContaining(first.toString());
    }

    @Test
    void generatedIdThatWasTakenMeanwhileIsToldAndNotReplaced() {
        transaction.begin();
        JobId id = queue.enqueue("mail", "ada").id();
        queue.enqueue(JobRequest.of("mail", "bob").id(id.value()).immediately().build());

        assertThatThrownBy(transaction::commit)
                .isInstanceOf(DeferredEnqueueException.class)
                .hasMessageContaining("another job has taken the generated id");
    }

    @Test
    void duplicateOfAnIdOfTheCallersIsNoFailure() {
        queue.enqueue(JobRequest.of("mail", "ada").id("a").build());
        transaction.begin();
        queue.enqueue(JobRequest.of("mail", "bob").id("a").build());

        transaction.commit();

        assertThat(queue.counts(JobQueue.DEFAULT_QUEUE).waiting()).isOne();
    }

    @Test
    void cutDropsTheNewest() {
        transaction.begin();
        JobId kept = queue.enqueue("mail", "ada").id();
        JobId dropped = queue.enqueue("mail", "bob").id();

        transaction.jobs().cutTo(1);
        transaction.commit();

        assertThat(queue.find(kept)).isPresent();
        assertThat(queue.find(dropped)).isEmpty();
    }

    @Test
    void waitingForResultEnqueuesAtOnce() {
        transaction.begin();
        JobRequest request = JobRequest.of("mail", "ada").id("a").build();

        assertThatThrownBy(() -> queue.enqueueAndWait(request, String.class, Duration.ofMillis(1)))
                .isInstanceOf(JobWaitTimeoutException.class);

        assertThat(queue.find(JobId.of(JobQueue.DEFAULT_QUEUE, "a"))).isPresent();
    }

    @Test
    void waitingForResultOfAJobThatWaitsForTheCommitIsRefused() {
        transaction.begin();
        JobRequest request = JobRequest.of("mail", "ada").afterCommit().build();

        assertThatThrownBy(() -> queue.enqueueAndWait(request, String.class, Duration.ofSeconds(1)))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("afterCommit");
        assertThat(queue.enqueueForResult(request, String.class, Duration.ofSeconds(1)))
                .isCompletedExceptionally();
    }
}
