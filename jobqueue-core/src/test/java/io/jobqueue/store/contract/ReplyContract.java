package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobError;
import io.jobqueue.JobState;
import io.jobqueue.StallPolicy;
import io.jobqueue.store.Claim;
import io.jobqueue.store.Ended;
import io.jobqueue.store.JobOutcome;
import io.jobqueue.store.ReapRequest;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whoever waits for a job is told once when it has ended; workers are told whom to stop. */
public interface ReplyContract extends StoreFixture {

    @Test
    default void resultIsTold() throws InterruptedException {
        String address = address();
        try (RecordedSignals signals = subscribe(address)) {
            enqueue(job("a").replyTo(address));
            endNext(Ending.COMPLETE);

            Ended ended = signals.nextEnded();

            assertThat(ended.queue()).isEqualTo(queue());
            assertThat(ended.jobId()).isEqualTo("a");
            assertThat(outcome(ended).state()).isEqualTo(JobState.COMPLETED);
            assertThat(outcome(ended).result()).isEqualTo(Ending.RESULT.getBytes(UTF_8));
            assertThat(outcome(ended).error()).isNull();
        }
    }

    @Test
    default void endWithoutAResultIsTold() throws InterruptedException {
        String address = address();
        try (RecordedSignals signals = subscribe(address)) {
            enqueue(job("a").replyTo(address));
            WorkerSession worker = session();
            settle(worker, new Settlement.Complete(claimOne(worker).token(), null, Duration.ZERO));

            assertThat(outcome(signals.nextEnded())).isEqualTo(new JobOutcome(JobState.COMPLETED, null, null));
        }
    }

    @Test
    default void resultOfAnUnkeptJobIsTold() throws InterruptedException {
        String address = address();
        try (RecordedSignals signals = subscribe(address)) {
            enqueue(job("a").replyTo(address));
            WorkerSession worker = session();
            settle(worker, new Settlement.Complete(claimOne(worker).token(), "42".getBytes(UTF_8), Duration.ZERO));

            assertThat(outcome(signals.nextEnded()).result()).isEqualTo("42".getBytes(UTF_8));
        }
    }

    @Test
    default void errorIsTold() throws InterruptedException {
        String address = address();
        try (RecordedSignals signals = subscribe(address)) {
            enqueue(job("a").replyTo(address));
            endNext(Ending.FAIL);

            assertThat(outcome(signals.nextEnded())).isEqualTo(new JobOutcome(JobState.FAILED, null, Ending.ERROR));
        }
    }

    @Test
    default void lastCrashIsTold() throws InterruptedException {
        String address = address();
        try (RecordedSignals signals = subscribe(address)) {
            enqueue(job("a").replyTo(address));
            claimOne(session());
            pass(LEASE);
            jobs().reap(lead(), new ReapRequest(1, StallPolicy.REQUEUE, 1, KEPT, KEPT));

            JobOutcome outcome = outcome(signals.nextEnded());

            assertThat(outcome.state()).isEqualTo(JobState.FAILED);
            assertThat(Objects.requireNonNull(outcome.error()).type()).isEqualTo(JobError.CRASHED);
        }
    }

    @Test
    default void cancelOfAWaitingJobIsTold() throws InterruptedException {
        String address = address();
        try (RecordedSignals signals = subscribe(address)) {
            enqueue(job("a").replyTo(address));
            jobs().cancel(queue(), "a", KEPT);

            assertThat(outcome(signals.nextEnded())).isEqualTo(new JobOutcome(JobState.CANCELLED, null, null));
        }
    }

    @Test
    default void endOfAMarkedJobIsToldAsCancelled() throws InterruptedException {
        String address = address();
        try (RecordedSignals signals = subscribe(address)) {
            enqueue(job("a").replyTo(address));
            WorkerSession worker = session();
            Claim claim = claimOne(worker);
            jobs().cancel(queue(), "a", KEPT);
            settle(worker, Ending.COMPLETE.of(claim));

            assertThat(outcome(signals.nextEnded())).isEqualTo(new JobOutcome(JobState.CANCELLED, null, null));
        }
    }

    @Test
    default void endIsToldOnceAndOnlyAtTheEnd() throws InterruptedException {
        String address = address();
        try (RecordedSignals signals = subscribe(address)) {
            enqueue(job("a").replyTo(address), job("marker").replyTo(address));
            WorkerSession worker = session();
            Claim first = claimOne(worker);
            settle(worker, Ending.RELEASE.of(first));
            settle(worker, new Settlement.Retry(claimOne(worker).token(), Duration.ZERO, Ending.ERROR));
            Claim marker = claimOne(worker);
            Claim last = claimOne(worker);
            settle(worker, Ending.COMPLETE.of(last));
            settle(worker, Ending.COMPLETE.of(last));
            settle(worker, Ending.COMPLETE.of(marker));

            assertThat(signals.nextEnded().jobId()).isEqualTo("a");
            assertThat(signals.nextEnded().jobId()).isEqualTo("marker");
        }
    }

    @Test
    default void everyAddressThatJoinedIsTold() throws InterruptedException {
        String first = address();
        String second = address();
        try (RecordedSignals firstSignals = subscribe(first);
                RecordedSignals secondSignals = subscribe(second)) {
            enqueue(job("a").replyTo(first));
            enqueue(job("a").replyTo(second));
            endNext(Ending.COMPLETE);

            assertThat(firstSignals.nextEnded().jobId()).isEqualTo("a");
            assertThat(secondSignals.nextEnded().jobId()).isEqualTo("a");
        }
    }

    @Test
    default void addressThatJoinedARunningJobIsTold() throws InterruptedException {
        String address = address();
        try (RecordedSignals signals = subscribe(address)) {
            WorkerSession worker = session();
            Claim claim = claimNew(worker, "a");
            enqueue(job("a").replyTo(address));
            settle(worker, Ending.COMPLETE.of(claim));

            assertThat(signals.nextEnded().jobId()).isEqualTo("a");
        }
    }

    @Test
    default void addressThatJoinedAScheduledJobIsTold() throws InterruptedException {
        String address = address();
        try (RecordedSignals signals = subscribe(address)) {
            enqueue(job("a").delay(Duration.ofSeconds(5)));
            enqueue(job("a").replyTo(address));
            jobs().cancel(queue(), "a", KEPT);

            assertThat(signals.nextEnded().jobId()).isEqualTo("a");
        }
    }

    @Test
    default void addressThatJoinedTwiceIsToldOnce() throws InterruptedException {
        String address = address();
        try (RecordedSignals signals = subscribe(address)) {
            enqueue(
                    job("a").replyTo(address),
                    job("a").replyTo(address),
                    job("marker").replyTo(address));
            endNext(Ending.COMPLETE);
            endNext(Ending.COMPLETE);

            assertThat(signals.nextEnded().jobId()).isEqualTo("a");
            assertThat(signals.nextEnded().jobId()).isEqualTo("marker");
        }
    }

    @Test
    default void nobodyJoinsAJobThatHasEnded() throws InterruptedException {
        String address = address();
        try (RecordedSignals signals = subscribe(address)) {
            enqueue("failed");
            endNext(Ending.FAIL);
            enqueue(job("failed").replyTo(address));
            enqueue(job("failed").replacingFailed(), job("marker").replyTo(address));
            endNext(Ending.COMPLETE);
            endNext(Ending.COMPLETE);

            assertThat(signals.nextEnded().jobId()).isEqualTo("marker");
        }
    }

    @Test
    default void forgottenAddressIsNotTold() throws InterruptedException {
        String address = address();
        String other = address();
        try (RecordedSignals signals = subscribe(address);
                RecordedSignals otherSignals = subscribe(other)) {
            enqueue(job("a").replyTo(address), job("marker").replyTo(address));
            enqueue(job("a").replyTo(other));
            store().signals().forget(queue(), "a", address);
            store().signals().forget(queue(), "a", address);
            endNext(Ending.COMPLETE);
            endNext(Ending.COMPLETE);

            assertThat(otherSignals.nextEnded().jobId()).isEqualTo("a");
            assertThat(signals.nextEnded().jobId()).isEqualTo("marker");
        }
    }

    @Test
    default void nothingIsForgottenOfAnUnknownJob() {
        store().signals().forget(queue(), "nobody", address());

        assertThat(isKept("nobody")).isFalse();
    }

    @Test
    default void cancelOfAnActiveJobIsSignalledWithItsToken() throws InterruptedException {
        try (RecordedSignals signals = subscribe(address())) {
            Claim claim = claimNew(session(), "a");

            jobs().cancel(queue(), "a", KEPT);

            assertThat(signals.nextCancelRequest()).isEqualTo(claim.token());
        }
    }

    @Test
    default void cancelIsSignalledToSubscribersOfItsQueue() throws InterruptedException {
        String other = queue() + "-other";
        try (RecordedSignals signals = subscribe(address());
                RecordedSignals otherSignals = RecordedSignals.of(store(), address(), Set.of(other))) {
            claimNew(session(), "mine");
            jobs().enqueue(other, List.of(job("theirs").newJob()));
            claimOne(session(other));

            jobs().cancel(queue(), "mine", KEPT);
            jobs().cancel(other, "theirs", KEPT);

            assertThat(signals.nextCancelRequest().jobId()).isEqualTo("mine");
            assertThat(otherSignals.nextCancelRequest().jobId()).isEqualTo("theirs");
        }
    }

    @Test
    default void closedSubscriptionMayBeClosedAgain() throws InterruptedException {
        RecordedSignals signals = subscribe(address());

        signals.close();
        signals.close();

        enqueue("a");
        assertThat(claimedOrder()).containsExactly("a");
    }

    private RecordedSignals subscribe(String address) throws InterruptedException {
        return RecordedSignals.of(store(), address, Set.of(queue()));
    }

    private void endNext(Ending ending) {
        WorkerSession worker = session();
        settle(worker, ending.of(claimOne(worker)));
    }

    private static JobOutcome outcome(Ended ended) {
        return Objects.requireNonNull(ended.outcome(), "outcome of a small job");
    }

    private static String address() {
        return UUID.randomUUID().toString();
    }
}
