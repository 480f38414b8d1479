package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Dedup;
import io.jobqueue.Durability;
import io.jobqueue.Enqueued.Status;
import io.jobqueue.JobState;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.DurableEnqueue;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An enqueue that waits for what else has its jobs answers and changes what a plain one does. */
public interface DurableEnqueueContract extends StoreFixture {

    /** Returns one that the store can confirm now. */
    Durability confirmable();

    private DurableEnqueue durable() {
        return store().durableEnqueue().orElseThrow();
    }

    private List<EnqueueAnswer> enqueueDurably(JobDraft... drafts) {
        return enqueueBatches(List.of(List.of(drafts)));
    }

    private List<EnqueueAnswer> enqueueBatches(List<List<JobDraft>> batches) {
        List<List<NewJob>> jobs = batches.stream()
                .map(batch -> batch.stream().map(JobDraft::newJob).toList())
                .toList();
        return durable().enqueue(queue(), jobs, confirmable(), Duration.ofSeconds(10));
    }

    @Test
    default void whatIsConfirmableCanBeRequired() {
        durable().require(confirmable());

        assertThat(store().ledger().queues()).doesNotContain(queue());
    }

    @Test
    default void batchOfMoreJobsIsRefusedBeforeAnyIsStored() {
        List<JobDraft> jobs = IntStream.rangeClosed(0, ExchangeRequest.MOST)
                .mapToObj(i -> job("job-" + i))
                .toList();

        assertThatThrownBy(() -> enqueueBatches(List.of(List.of(job("a")), jobs)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("101 jobs");

        assertThat(counts().waiting()).isZero();
    }

    @Test
    default void durableJobIsQueuedAndWaits() {
        List<EnqueueAnswer> answers = enqueueDurably(job("a"));

        assertThat(answers).containsExactly(new EnqueueAnswer("a", Status.QUEUED, JobState.WAITING, null));
        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
        assertThat(store().ledger().queues()).contains(queue());
    }

    @Test
    default void batchesAreStoredAndAnsweredInTheirOrder() {
        List<EnqueueAnswer> answers = enqueueBatches(List.of(
                List.of(job("a"), job("b").delay(Duration.ofSeconds(5))),
                List.of(job("c").priority(1), job("d")),
                List.of(job("a"), job("e"))));

        assertThat(answers).extracting(EnqueueAnswer::id).containsExactly("a", "b", "c", "d", "a", "e");
        assertThat(answers)
                .extracting(EnqueueAnswer::status)
                .containsExactly(
                        Status.QUEUED, Status.QUEUED, Status.QUEUED, Status.QUEUED, Status.DUPLICATE, Status.QUEUED);
        assertThat(claimedOrder()).containsExactly("c", "a", "d", "e");
        assertThat(stateOf("b")).isEqualTo(JobState.SCHEDULED);
    }

    @Test
    default void repeatStoresNothingTwice() {
        enqueueDurably(job("a"), job("b"));

        List<EnqueueAnswer> answers = enqueueDurably(job("a"), job("b"));

        assertThat(answers).extracting(EnqueueAnswer::status).containsOnly(Status.DUPLICATE);
        assertThat(claimedOrder()).containsExactly("a", "b");
    }

    @Test
    default void repeatOfAJobThatHasEndedAnswersItsResult() {
        enqueueDurably(job("a"));
        WorkerSession session = session();
        settle(session, new Settlement.Complete(claimOne(session).token(), new byte[] {'1'}, KEPT));

        EnqueueAnswer answer = enqueueDurably(job("a")).get(0);

        assertThat(answer.status()).isEqualTo(Status.COMPLETED);
        assertThat(answer.result()).isEqualTo(new byte[] {'1'});
    }

    @Test
    default void dedupKeyOfADurableJobIsHeld() {
        String key = "key-" + UUID.randomUUID();
        enqueueDurably(job("a").dedup(Dedup.untilTerminal(key)));

        EnqueueAnswer answer =
                enqueueDurably(job("b").dedup(Dedup.untilTerminal(key))).get(0);

        assertThat(answer).isEqualTo(new EnqueueAnswer("a", Status.DUPLICATE, JobState.WAITING, null));
        assertThat(isKept("b")).isFalse();
    }

    @Test
    default void closedStoreRefusesDurableJobs() {
        store().close();

        assertThatThrownBy(() -> enqueueDurably(job("a")))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        e -> assertThat(e.outcome()).isEqualTo(Outcome.REFUSED));
    }
}
