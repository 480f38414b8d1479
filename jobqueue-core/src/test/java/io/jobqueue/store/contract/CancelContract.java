package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Cancellation;
import io.jobqueue.JobState;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.Renewal;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code SCHEDULED | WAITING → CANCELLED}; what runs is told and ends so. */
public interface CancelContract extends StoreFixture {

    @Test
    default void waitingJobIsCancelledAtOnce() {
        enqueue("a");

        assertThat(cancel("a")).isEqualTo(Cancellation.CANCELLED);

        assertThat(stateOf("a")).isEqualTo(JobState.CANCELLED);
        assertThat(find("a").finishedAt()).isEqualTo(clock().instant());
        assertThat(find("a").attempts()).isZero();
        assertThat(claimedOrder()).isEmpty();
    }

    @Test
    default void waitingJobOfAnyPriorityIsCancelledAtOnce() {
        enqueue(job("a").priority(7), job("b").priority(-7));

        assertThat(cancel("a")).isEqualTo(Cancellation.CANCELLED);
        assertThat(cancel("b")).isEqualTo(Cancellation.CANCELLED);

        assertThat(claimedOrder()).isEmpty();
        assertThat(counts().waiting()).isZero();
    }

    @Test
    default void scheduledJobIsCancelledAtOnce() {
        enqueue(job("a").delay(Duration.ofSeconds(5)));

        assertThat(cancel("a")).isEqualTo(Cancellation.CANCELLED);

        pass(Duration.ofSeconds(5));
        assertThat(promote().promoted()).isZero();
        assertThat(claimedOrder()).isEmpty();
    }

    @Test
    default void jobThatWaitsForItsRetryIsCancelledAtOnce() {
        WorkerSession worker = session();
        settle(worker, Ending.RETRY.of(claimNew(worker, "a")));

        assertThat(cancel("a")).isEqualTo(Cancellation.CANCELLED);

        pass(Ending.DELAY);
        assertThat(claimedOrder()).isEmpty();
        assertThat(stateOf("a")).isEqualTo(JobState.CANCELLED);
    }

    @Test
    default void releasedJobIsCancelledAtOnce() {
        WorkerSession worker = session();
        settle(worker, Ending.RELEASE.of(claimNew(worker, "a")));

        assertThat(cancel("a")).isEqualTo(Cancellation.CANCELLED);
        assertThat(claimedOrder()).isEmpty();
    }

    @Test
    default void activeJobIsOnlyMarked() {
        claimNew(session(), "a");

        assertThat(cancel("a")).isEqualTo(Cancellation.REQUESTED);
        assertThat(stateOf("a")).isEqualTo(JobState.ACTIVE);
    }

    @Test
    default void cancelOfAnActiveJobMayBeRepeated() {
        claimNew(session(), "a");
        cancel("a");

        assertThat(cancel("a")).isEqualTo(Cancellation.REQUESTED);
    }

    @ParameterizedTest
    @EnumSource
    default void markedJobEndsCancelledWhateverItsWorkerSays(Ending ending) {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        cancel("a");

        assertThat(settle(worker, ending.of(claim))).isTrue();

        StoredJob job = find("a");
        assertThat(job.state()).isEqualTo(JobState.CANCELLED);
        assertThat(job.result()).isNull();
        assertThat(job.finishedAt()).isEqualTo(clock().instant());
        pass(Ending.DELAY);
        assertThat(claimedOrder()).isEmpty();
        assertThat(counts().cancelled()).isOne();
    }

    @Test
    default void markedJobIsKeptAsLongAsTheExchangeSays() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        cancel("a");
        jobs().exchange(new ExchangeRequest(worker, List.of(Ending.COMPLETE.of(claim)), 0, Duration.ofSeconds(5)));

        pass(Duration.ofMillis(4999));
        assertThat(isKept("a")).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(isKept("a")).isFalse();
    }

    @Test
    default void settlementOfAMarkedJobMayBeRepeated() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        cancel("a");
        settle(worker, Ending.COMPLETE.of(claim));

        assertThat(settle(worker, Ending.COMPLETE.of(claim))).isTrue();
        assertThat(stateOf("a")).isEqualTo(JobState.CANCELLED);
    }

    @Test
    default void everyRenewalNamesMarkedClaimsUntilTheyEnd() {
        WorkerSession worker = session();
        enqueue("a", "b", "c");
        List<Claim> claims = claim(worker, 3);
        cancel("a");
        cancel("c");

        assertThat(jobs().renew(worker).cancelRequested())
                .containsExactlyInAnyOrder(claims.get(0).token(), claims.get(2).token());
        settle(worker, Ending.CANCEL.of(claims.get(0)));
        assertThat(jobs().renew(worker))
                .isEqualTo(new Renewal(true, List.of(claims.get(2).token())));
        settle(worker, Ending.CANCEL.of(claims.get(2)));
        assertThat(jobs().renew(worker)).isEqualTo(new Renewal(true, List.of()));
    }

    @Test
    default void renewalNamesManyMarkedClaimsAmongThoseOfOthers() {
        WorkerSession worker = session();
        WorkerSession other = session();
        List<ClaimToken> marked = new ArrayList<>();
        for (int i = 0; i < 700; i += 100) {
            enqueue(IntStream.range(i, i + 100)
                    .mapToObj(number -> "job-" + number)
                    .toArray(String[]::new));
            claim(i % 200 == 0 ? worker : other, 100).forEach(claim -> {
                cancel(claim.token().jobId());
                marked.add(claim.token());
            });
        }

        List<ClaimToken> named = new ArrayList<>(jobs().renew(worker).cancelRequested());
        assertThat(named).hasSize(400);
        named.addAll(jobs().renew(other).cancelRequested());
        assertThat(named).containsExactlyInAnyOrderElementsOf(marked);
    }

    @Test
    default void renewalNamesNoClaimOfAnotherSession() {
        WorkerSession worker = session();
        claimNew(worker, "a");
        claimNew(session(), "b");
        cancel("b");

        assertThat(jobs().renew(worker).cancelRequested()).isEmpty();
    }

    @Test
    default void markDoesNotOutliveTheJob() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        cancel("a");
        settle(worker, new Settlement.Cancel(claim.token(), KEPT));
        Claim next = claimNew(worker, "a");

        assertThat(jobs().renew(worker).cancelRequested()).isEmpty();
        settle(worker, Ending.COMPLETE.of(next));
        assertThat(stateOf("a")).isEqualTo(JobState.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETE", "FAIL", "CANCEL"})
    default void endedJobIsNotCancelled(Ending ending) {
        WorkerSession worker = session();
        settle(worker, ending.of(claimNew(worker, "a")));
        StoredJob before = find("a");

        assertThat(cancel("a")).isEqualTo(Cancellation.ENDED);
        assertThat(find("a")).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    default void cancelledJobIsNotCancelledAgain() {
        enqueue("a");
        cancel("a");

        assertThat(cancel("a")).isEqualTo(Cancellation.ENDED);
        assertThat(counts().cancelled()).isOne();
    }

    @Test
    default void unknownJobIsNotCancelled() {
        enqueue("a");

        assertThat(cancel("b")).isEqualTo(Cancellation.NOT_FOUND);
        assertThat(jobs().cancel(queue() + "-never", "a", KEPT)).isEqualTo(Cancellation.NOT_FOUND);
    }

    private Cancellation cancel(String id) {
        return jobs().cancel(queue(), id, KEPT);
    }
}
