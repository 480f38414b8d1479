package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Enqueued.Status;
import io.jobqueue.JobState;
import io.jobqueue.Progress;
import io.jobqueue.store.Claim;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code (none) → WAITING | SCHEDULED}, and what becomes of an id that is taken. */
public interface EnqueueContract extends StoreFixture {

    @Test
    default void newJobIsQueuedAndWaits() {
        List<EnqueueAnswer> answers = enqueue("a");

        assertAnswer(answers.get(0), Status.QUEUED, JobState.WAITING);
        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
    }

    @Test
    default void delayedJobIsScheduledForTheEndOfItsDelay() {
        List<EnqueueAnswer> answers = enqueue(job("a").delay(Duration.ofSeconds(5)));

        assertAnswer(answers.get(0), Status.QUEUED, JobState.SCHEDULED);
        assertThat(find("a").dueAt()).isEqualTo(clock().instant().plusSeconds(5));
    }

    @Test
    default void jobWithAFutureTimeIsScheduledForIt() {
        List<EnqueueAnswer> answers = enqueue(job("a").runAt(clock().instant().plusMillis(1)));

        assertAnswer(answers.get(0), Status.QUEUED, JobState.SCHEDULED);
        assertThat(find("a").dueAt()).isEqualTo(clock().instant().plusMillis(1));
    }

    @Test
    default void jobWhoseTimeHasComeWaitsAtOnce() {
        List<EnqueueAnswer> answers = enqueue(
                job("now").runAt(clock().instant()),
                job("past").runAt(clock().instant().minusSeconds(3600)));

        assertAnswer(answers.get(0), Status.QUEUED, JobState.WAITING);
        assertAnswer(answers.get(1), Status.QUEUED, JobState.WAITING);
        assertThat(claimedOrder()).containsExactly("now", "past");
    }

    @Test
    default void idOfAWaitingJobIsTaken() {
        enqueue("a");
        StoredJob before = find("a");
        pass(Duration.ofSeconds(1));

        List<EnqueueAnswer> answers = enqueue(job("a").payload("{}".getBytes(UTF_8)));

        assertAnswer(answers.get(0), Status.DUPLICATE, JobState.WAITING);
        assertUnchanged("a", before);
        assertThat(claimedOrder()).containsExactly("a");
    }

    @Test
    default void idOfAScheduledJobIsTaken() {
        enqueue(job("a").delay(Duration.ofSeconds(5)));
        StoredJob before = find("a");

        List<EnqueueAnswer> answers = enqueue("a");

        assertAnswer(answers.get(0), Status.DUPLICATE, JobState.SCHEDULED);
        assertUnchanged("a", before);
        assertThat(claimedOrder()).isEmpty();
    }

    @Test
    default void idOfAnActiveJobIsTaken() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");

        List<EnqueueAnswer> answers = enqueue(job("a").replacingFailed());

        assertAnswer(answers.get(0), Status.DUPLICATE, JobState.ACTIVE);
        assertThat(settle(worker, Ending.COMPLETE.of(claim))).isTrue();
    }

    @Test
    default void idOfAJobThatWaitsForItsRetryIsTaken() {
        WorkerSession worker = session();
        settle(worker, Ending.RETRY.of(claimNew(worker, "a")));

        List<EnqueueAnswer> answers = enqueue(job("a").replacingFailed());

        assertAnswer(answers.get(0), Status.DUPLICATE, JobState.SCHEDULED);
    }

    @Test
    default void idOfACompletedJobAnswersItsResult() {
        WorkerSession worker = session();
        settle(worker, Ending.COMPLETE.of(claimNew(worker, "a")));

        EnqueueAnswer answer = enqueue(job("a").replacingFailed()).get(0);

        assertThat(answer.status()).isEqualTo(Status.COMPLETED);
        assertThat(answer.state()).isEqualTo(JobState.COMPLETED);
        assertThat(answer.result()).isEqualTo(Ending.RESULT.getBytes(UTF_8));
        assertThat(stateOf("a")).isEqualTo(JobState.COMPLETED);
    }

    @Test
    default void idOfAJobCompletedWithoutResultAnswersNone() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        settle(worker, new Settlement.Complete(claim.token(), null, KEPT));

        assertAnswer(enqueue("a").get(0), Status.COMPLETED, JobState.COMPLETED);
    }

    @Test
    default void idOfAFailedJobIsTaken() {
        WorkerSession worker = session();
        settle(worker, Ending.FAIL.of(claimNew(worker, "a")));
        StoredJob before = find("a");

        List<EnqueueAnswer> answers = enqueue("a");

        assertAnswer(answers.get(0), Status.DUPLICATE, JobState.FAILED);
        assertUnchanged("a", before);
    }

    @Test
    default void failedJobIsReplacedOnRequest() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        notes().progress(worker, claim.token(), new Progress(50, "half"));
        settle(worker, Ending.FAIL.of(claim));
        pass(Duration.ofSeconds(1));

        List<EnqueueAnswer> answers = enqueue(job("a").replacingFailed());

        assertAnswer(answers.get(0), Status.QUEUED, JobState.WAITING);
        assertFresh("a");
    }

    @Test
    default void replacementOfAFailedJobMayBeScheduled() {
        WorkerSession worker = session();
        settle(worker, Ending.FAIL.of(claimNew(worker, "a")));

        List<EnqueueAnswer> answers = enqueue(job("a").replacingFailed().delay(Duration.ofSeconds(5)));

        assertAnswer(answers.get(0), Status.QUEUED, JobState.SCHEDULED);
        assertThat(claimedOrder()).isEmpty();
        pass(Duration.ofSeconds(5));
        assertThat(claimedOrder()).containsExactly("a");
    }

    @Test
    default void idOfACancelledJobIsFree() {
        enqueue("a");
        jobs().cancel(queue(), "a", KEPT);
        pass(Duration.ofSeconds(1));

        List<EnqueueAnswer> answers = enqueue("a");

        assertAnswer(answers.get(0), Status.QUEUED, JobState.WAITING);
        assertFresh("a");
    }

    @Test
    default void cancelledIdEnqueuedAgainIsDeliveredOnceAndAtItsNewPlace() {
        enqueue("a", "b");
        jobs().cancel(queue(), "a", KEPT);

        enqueue("a");

        assertThat(claimedOrder()).containsExactly("b", "a");
        assertThat(claimedOrder()).isEmpty();
    }

    @Test
    default void cancelledScheduledIdEnqueuedAgainIsDeliveredOnce() {
        enqueue(job("a").delay(Duration.ofSeconds(5)));
        jobs().cancel(queue(), "a", KEPT);

        enqueue(job("a").priority(3));
        pass(Duration.ofSeconds(5));

        assertThat(claimedOrder()).containsExactly("a");
        assertThat(claimedOrder()).isEmpty();
    }

    @Test
    default void tokenOfAnEarlierLifeSettlesNothing() {
        WorkerSession worker = session();
        Claim earlier = claimNew(worker, "a");
        settle(worker, Ending.FAIL.of(earlier));
        enqueue(job("a").replacingFailed());
        Claim claim = claimOne(worker);

        assertThat(settle(worker, Ending.COMPLETE.of(earlier))).isFalse();
        assertThat(stateOf("a")).isEqualTo(JobState.ACTIVE);
        assertThat(claim.token()).isNotEqualTo(earlier.token());
    }

    @Test
    default void answersComeInTheOrderOfTheJobs() {
        enqueue("taken");

        List<EnqueueAnswer> answers = enqueue(job("a"), job("taken"), job("b").delay(Duration.ofSeconds(1)));

        assertAnswer(answers.get(0), Status.QUEUED, JobState.WAITING);
        assertAnswer(answers.get(1), Status.DUPLICATE, JobState.WAITING);
        assertAnswer(answers.get(2), Status.QUEUED, JobState.SCHEDULED);
        assertThat(answers).extracting(EnqueueAnswer::id).containsExactly("a", "taken", "b");
    }

    @Test
    default void delayedIdTwiceInOneCallIsStoredOnce() {
        List<EnqueueAnswer> answers =
                enqueue(job("a").delay(Duration.ofSeconds(5)), job("a"), job("a").delay(Duration.ofSeconds(1)));

        EnqueueAnswer held = new EnqueueAnswer("a", Status.DUPLICATE, JobState.SCHEDULED, null);
        assertThat(answers)
                .containsExactly(new EnqueueAnswer("a", Status.QUEUED, JobState.SCHEDULED, null), held, held);
        assertThat(find("a").dueAt()).isEqualTo(clock().instant().plusSeconds(5));
        assertThat(store().ledger().counts(queue()).scheduled()).isOne();
    }

    @Test
    default void idTwiceInOneCallIsStoredOnce() {
        List<EnqueueAnswer> answers = enqueue("a", "b", "a");

        assertAnswer(answers.get(0), Status.QUEUED, JobState.WAITING);
        assertAnswer(answers.get(1), Status.QUEUED, JobState.WAITING);
        assertAnswer(answers.get(2), Status.DUPLICATE, JobState.WAITING);
        assertThat(claimedOrder()).containsExactly("a", "b");
    }

    @Test
    default void largestCallStoresAllItsJobsInOrder() {
        String[] ids = IntStream.range(0, ExchangeRequest.MOST)
                .mapToObj(i -> "job-" + i)
                .toArray(String[]::new);

        List<EnqueueAnswer> answers = enqueue(ids);

        assertThat(answers).hasSize(ExchangeRequest.MOST).allMatch(answer -> answer.status() == Status.QUEUED);
        assertThat(claimedOrder()).containsExactly(ids);
    }

    @Test
    default void callOfMoreJobsIsRefusedBeforeAnyIsStored() {
        List<NewJob> jobs = IntStream.rangeClosed(0, ExchangeRequest.MOST)
                .mapToObj(i -> job("job-" + i).newJob())
                .toList();

        assertThatThrownBy(() -> jobs().enqueue(queue(), jobs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("101 jobs");
        assertThatThrownBy(() -> jobs().handOver(session(), jobs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("101 jobs");
        assertThatThrownBy(() -> jobs().enqueueAll(queue(), List.of(jobs.subList(0, 1), jobs)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("101 jobs");

        assertThat(counts().waiting()).isZero();
    }

    @Test
    default void sameIdInAnotherQueueIsAnotherJob() {
        String other = queue() + "-other";
        enqueue("a");

        List<EnqueueAnswer> answers = jobs().enqueue(other, List.of(job("a").newJob()));

        assertAnswer(answers.get(0), Status.QUEUED, JobState.WAITING);
        assertThat(claimedOrder()).containsExactly("a");
        assertThat(store().ledger().find(other, "a").orElseThrow().state()).isEqualTo(JobState.WAITING);
    }

    private void assertFresh(String id) {
        StoredJob job = find(id);
        assertThat(job.createdAt()).isEqualTo(clock().instant());
        assertThat(job.attempts()).isZero();
        assertThat(job.crashes()).isZero();
        assertThat(job.finishedAt()).isNull();
        assertThat(job.progress()).isNull();
        assertThat(job.result()).isNull();
        assertThat(job.error()).isNull();
        assertThat(claimOne(session()).attempt()).isOne();
    }

    private void assertUnchanged(String id, StoredJob before) {
        assertThat(find(id)).usingRecursiveComparison().isEqualTo(before);
    }

    private static void assertAnswer(EnqueueAnswer answer, Status status, JobState state) {
        assertThat(answer).isEqualTo(new EnqueueAnswer(answer.id(), status, state, null));
    }
}
