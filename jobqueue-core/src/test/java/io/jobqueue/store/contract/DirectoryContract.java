package io.jobqueue.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.LiveWorker;
import io.jobqueue.LiveWorker.HeldJob;
import io.jobqueue.store.Claim;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The directory shows who is alive, since when, and doing what. */
public interface DirectoryContract extends StoreFixture {

    @Test
    default void queueWithoutWorkersHasNone() {
        enqueue("a");

        assertThat(live()).isEmpty();
        assertThat(workers().live(queue() + "-never")).isEmpty();
    }

    @Test
    default void workerIsShownWithItsTimesAndItsJobs() {
        Instant begun = clock().instant();
        WorkerSession worker = sessionOf("größe 1");
        exchange(worker, 0);
        pass(Duration.ofSeconds(1));
        claimNew(worker, "b");
        pass(Duration.ofSeconds(1));
        claimNew(worker, "a");

        assertThat(live())
                .containsExactly(new LiveWorker(
                        "größe 1",
                        queue(),
                        begun,
                        begun.plusSeconds(2).plus(LEASE),
                        2,
                        List.of(new HeldJob("b", begun.plusSeconds(1)), new HeldJob("a", begun.plusSeconds(2)))));
    }

    @Test
    default void settledJobIsNotHeldAnyMore() {
        WorkerSession worker = sessionOf("w");
        Claim claim = claimNew(worker, "a");

        exchange(worker, 0, Ending.COMPLETE.of(claim));

        assertThat(live()).singleElement().returns(0, LiveWorker::holds).returns(List.of(), LiveWorker::jobs);
    }

    @Test
    default void workersComeByNameThenOldestFirst() {
        exchange(sessionOf("b"), 0);
        pass(Duration.ofSeconds(1));
        WorkerSession second = sessionOf("b");
        claimNew(second, "job");
        exchange(sessionOf("a"), 0);

        assertThat(live()).extracting(LiveWorker::name).containsExactly("a", "b", "b");
        assertThat(live()).extracting(LiveWorker::holds).containsExactly(0, 0, 1);
    }

    @Test
    default void renewalKeepsAWorkerAlive() {
        WorkerSession worker = sessionOf("w");
        Instant begun = clock().instant();
        claimNew(worker, "a");
        pass(Duration.ofSeconds(20));

        jobs().renew(worker);

        pass(Duration.ofSeconds(20));
        assertThat(live())
                .singleElement()
                .returns(begun, LiveWorker::since)
                .returns(begun.plusSeconds(20).plus(LEASE), LiveWorker::leaseUntil);
    }

    @Test
    default void killedWorkerIsGoneWhenItsLeaseEnds() {
        claimNew(sessionOf("w"), "a");
        pass(LEASE.minusMillis(1));
        assertThat(live()).hasSize(1);

        pass(Duration.ofMillis(1));

        assertThat(live()).isEmpty();
        reap();
        assertThat(live()).isEmpty();
    }

    @Test
    default void stoppedWorkerIsGoneAtOnce() {
        WorkerSession worker = sessionOf("w");
        claimNew(worker, "a");

        jobs().reconcile(worker, List.of());

        assertThat(live()).isEmpty();
    }

    @Test
    default void workerThatStopsInALaterEpochIsGoneAtOnceAndMayComeBack() {
        WorkerSession worker = sessionOf("w");
        claimNew(worker, "a");
        WorkerSession later = worker.nextEpoch();

        jobs().reconcile(later, List.of());

        assertThat(live()).isEmpty();
        pass(Duration.ofSeconds(1));
        Instant back = clock().instant();
        claimOne(later);
        assertThat(live())
                .singleElement()
                .returns("w", LiveWorker::name)
                .returns(back, LiveWorker::since)
                .returns(1, LiveWorker::holds);
    }

    @Test
    default void workerThatKeepsClaimsInALaterEpochStays() {
        WorkerSession worker = sessionOf("w");
        Instant begun = clock().instant();
        Claim claim = claimNew(worker, "a");
        pass(Duration.ofSeconds(1));
        WorkerSession later = worker.nextEpoch();

        jobs().reconcile(later, List.of(claim.token()));
        exchange(later, 0);

        assertThat(live()).singleElement().returns(begun, LiveWorker::since).returns(1, LiveWorker::holds);
    }

    @Test
    default void refusedExchangeEntersNobody() {
        WorkerSession worker = sessionOf("w");
        exchange(worker, 0);
        pass(LEASE);

        assertThat(exchange(worker, 0).sessionLost()).isTrue();

        assertThat(live()).isEmpty();
    }

    @Test
    default void longestHeldJobsOfManyAreNamed() {
        WorkerSession worker = sessionOf("w");
        Instant begun = clock().instant();
        for (int i = 0; i < 350; i++) {
            enqueue("job-" + i);
        }
        for (int round = 0; round < 7; round++) {
            assertThat(claim(worker, 50)).hasSize(50);
            pass(Duration.ofMillis(1));
        }
        WorkerSession other = sessionOf("x");
        claimNew(other, "other");

        LiveWorker shown = live().get(0);

        assertThat(shown.holds()).isEqualTo(350);
        assertThat(shown.jobs()).hasSize(LiveWorker.MOST_JOBS);
        assertThat(shown.jobs()).extracting(HeldJob::since).containsOnly(begun, begun.plusMillis(1));
        assertThat(live().get(1).jobs()).extracting(HeldJob::id).containsExactly("other");
    }

    @Test
    default void obliteratedQueueHasNoWorkersUntilTheyAskAgain() {
        WorkerSession worker = sessionOf("w");
        exchange(worker, 0);

        operations().obliterate(queue(), true);

        assertThat(live()).isEmpty();
        exchange(worker, 0);
        assertThat(live()).hasSize(1);
    }

    private List<LiveWorker> live() {
        return workers().live(queue());
    }
}
