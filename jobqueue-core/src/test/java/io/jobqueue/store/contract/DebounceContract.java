package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Dedup;
import io.jobqueue.Enqueued.Status;
import io.jobqueue.JobState;
import io.jobqueue.store.Claim;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The latest payload wins as long as the job has not started. */
public interface DebounceContract extends StoreFixture {

    private JobDraft debounced(String id) {
        return job(id).dedup(Dedup.debounce("k"));
    }

    private JobDraft debounced(String id, Duration delay) {
        return debounced(id).delay(delay);
    }

    @Test
    default void waitingJobTakesOverTheNewestRequest() {
        Instant enqueued = clock().instant();
        enqueue(debounced("a").priority(2));
        pass(Duration.ofSeconds(1));
        JobOptions options = new JobOptions(7, null, Duration.ofSeconds(9), null, Map.of("h", "v"));

        EnqueueAnswer answer = enqueue(debounced("b")
                        .type("resize")
                        .payload("{\"new\":1}".getBytes(UTF_8))
                        .priority(5)
                        .options(options))
                .get(0);

        assertThat(answer).isEqualTo(new EnqueueAnswer("a", Status.DUPLICATE, JobState.WAITING, null));
        StoredJob job = find("a");
        assertThat(job.spec().type()).isEqualTo("resize");
        assertThat(job.spec().payload()).isEqualTo("{\"new\":1}".getBytes(UTF_8));
        assertThat(job.spec().options()).isEqualTo(options);
        assertThat(job.spec().priority()).isEqualTo(2);
        assertThat(job.createdAt()).isEqualTo(enqueued);
        Claim claim = claimOne(session());
        assertThat(claim.token().jobId()).isEqualTo("a");
        assertThat(claim.spec().payload()).isEqualTo("{\"new\":1}".getBytes(UTF_8));
        assertThat(claim.spec().type()).isEqualTo("resize");
    }

    @Test
    default void optionsNotSaidAnewAreGone() {
        enqueue(debounced("a").options(new JobOptions(7, null, null, null, Map.of("h", "v"))));

        enqueue(debounced("b"));

        assertThat(find("a").spec().options()).isEqualTo(JobOptions.NONE);
    }

    @Test
    default void waitingJobKeepsItsPlace() {
        enqueue(job("first"), debounced("a"), job("last"));

        enqueue(debounced("b").delay(Duration.ofHours(1)));

        assertThat(claimedOrder()).containsExactly("first", "a", "last");
    }

    @Test
    default void releasedJobKeepsItsPlaceAndTakesThePayload() {
        WorkerSession worker = session();
        enqueue(debounced("a"), job("last"));
        settle(worker, Ending.RELEASE.of(claimOne(worker)));

        enqueue(debounced("b").payload("2".getBytes(UTF_8)));

        assertThat(find("a").spec().payload()).isEqualTo("2".getBytes(UTF_8));
        assertThat(claimedOrder()).containsExactly("a", "last");
    }

    @Test
    default void delayOfAScheduledJobBeginsAnew() {
        enqueue(debounced("a", Duration.ofSeconds(10)));
        pass(Duration.ofSeconds(9));

        EnqueueAnswer answer = enqueue(debounced("b", Duration.ofSeconds(10)).payload("2".getBytes(UTF_8)))
                .get(0);

        assertThat(answer).isEqualTo(new EnqueueAnswer("a", Status.DUPLICATE, JobState.SCHEDULED, null));
        assertThat(find("a").dueAt()).isEqualTo(clock().instant().plusSeconds(10));
        pass(Duration.ofSeconds(9));
        assertThat(claimedOrder()).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(claimOne(session()).spec().payload()).isEqualTo("2".getBytes(UTF_8));
    }

    @Test
    default void jobScheduledInTheSameCallIsTakenOverToo() {
        List<EnqueueAnswer> answers = enqueue(
                job("x").delay(Duration.ofSeconds(5)),
                debounced("a", Duration.ofHours(1)),
                debounced("b", Duration.ofSeconds(10)).payload("2".getBytes(UTF_8)));

        assertThat(answers.get(2)).isEqualTo(new EnqueueAnswer("a", Status.DUPLICATE, JobState.SCHEDULED, null));
        assertThat(find("a").spec().payload()).isEqualTo("2".getBytes(UTF_8));
        assertThat(find("a").dueAt()).isEqualTo(clock().instant().plusSeconds(10));
        pass(Duration.ofSeconds(10));
        assertThat(claimedOrder()).containsExactly("x", "a");
        assertThat(store().ledger().counts(queue()).scheduled()).isZero();
    }

    @Test
    default void scheduledJobMayBecomeDueEarlier() {
        enqueue(debounced("a", Duration.ofHours(1)));

        enqueue(debounced("b").runAt(clock().instant().plusSeconds(1)));

        pass(Duration.ofSeconds(1));
        assertThat(claimedOrder()).containsExactly("a");
    }

    @Test
    default void scheduledJobWithoutADelayAnyMoreIsDueNow() {
        enqueue(debounced("a", Duration.ofHours(1)));

        enqueue(debounced("b").runAt(clock().instant().minusSeconds(60)));

        assertThat(stateOf("a")).isEqualTo(JobState.SCHEDULED);
        assertThat(find("a").dueAt()).isEqualTo(clock().instant());
        assertThat(claimedOrder()).containsExactly("a");
    }

    @Test
    default void earlierDueTimeWakes() throws InterruptedException {
        enqueue(debounced("a", Duration.ofHours(2)));
        store().signals().awaitWork(queue(), Duration.ZERO);

        enqueue(debounced("b", Duration.ofHours(1)));

        assertThat(store().signals().awaitWork(queue(), Duration.ofSeconds(10))).isTrue();
    }

    @Test
    default void scheduledJobKeepsItsOrderAmongThoseOfOneTime() {
        enqueue(debounced("a", Duration.ofSeconds(1)), job("c").delay(Duration.ofSeconds(2)));

        enqueue(debounced("b", Duration.ofSeconds(2)));

        pass(Duration.ofSeconds(2));
        assertThat(claimedOrder()).containsExactly("a", "c");
    }

    @Test
    default void keyIsFreeOnceTheJobHasStarted() {
        enqueue(debounced("a"));
        claimOne(session());

        EnqueueAnswer answer = enqueue(debounced("b")).get(0);

        assertThat(answer).isEqualTo(new EnqueueAnswer("b", Status.QUEUED, JobState.WAITING, null));
        assertThat(enqueue(debounced("c")).get(0).id()).isEqualTo("b");
    }

    @Test
    default void endOfAStartedJobLeavesTheKeyOfItsSuccessor() {
        WorkerSession worker = session();
        enqueue(debounced("a"));
        Claim claim = claimOne(worker);
        enqueue(debounced("b"));

        settle(worker, Ending.COMPLETE.of(claim));

        assertThat(enqueue(debounced("c")).get(0).id()).isEqualTo("b");
    }

    @Test
    default void onlyADebouncedKeyIsTakenOverAndOnlyByADebouncedJob() {
        enqueue(debounced("a"), job("u").dedup(Dedup.untilTerminal("other")));
        StoredJob first = find("a");
        StoredJob second = find("u");

        assertThat(enqueue(job("b").dedup(Dedup.untilTerminal("k"))).get(0).id())
                .isEqualTo("a");
        assertThat(enqueue(job("b").dedup(Dedup.debounce("other"))).get(0).id()).isEqualTo("u");

        assertThat(find("a")).usingRecursiveComparison().isEqualTo(first);
        assertThat(find("u")).usingRecursiveComparison().isEqualTo(second);
    }

    @Test
    default void jobThatTurnsIntoATypeThatIsNotPausedRuns() {
        operations().pause(queue(), "held");
        enqueue(debounced("a").type("held"), job("last"));
        claimOne(session());

        enqueue(debounced("b").type("free"));

        assertThat(claimedOrder()).containsExactly("a");
    }
}
