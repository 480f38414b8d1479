package io.jobqueue.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Dedup;
import io.jobqueue.JobError;
import io.jobqueue.JobEvent;
import io.jobqueue.JobEvent.Kind;
import io.jobqueue.JobId;
import io.jobqueue.JobState;
import io.jobqueue.Progress;
import io.jobqueue.StallPolicy;
import io.jobqueue.store.Claim;
import io.jobqueue.store.EventPage;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobChange;
import io.jobqueue.store.JobEvents;
import io.jobqueue.store.JobSignals.Subscription;
import io.jobqueue.store.ReapRequest;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.Watch;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every step of a job is one event of its queue while somebody watches. */
public interface EventContract extends StoreFixture {

    Duration HOLD = Duration.ofDays(1);

    @Test
    default void nothingIsRecordedWhenNobodyWatches() {
        enqueue("a");
        claimNew(session(), "b");

        assertThat(since(0)).isEqualTo(new EventPage(List.of(), 0, 0, false));
        assertThat(watch()).isEqualTo(new Watch(0, true));
    }

    @Test
    default void watchEndsByItself() {
        store().events().watch(queue(), Duration.ofSeconds(2));
        store().events().watch(queue(), Duration.ofSeconds(1));
        pass(Duration.ofMillis(1_999));
        enqueue("seen");
        pass(Duration.ofMillis(1));

        enqueue("unseen");

        assertThat(told()).containsExactly("ENQUEUED seen 0");
        assertThat(watch()).isEqualTo(new Watch(1, true));
        assertThat(watch()).isEqualTo(new Watch(1, false));
    }

    @Test
    default void purgeDropsEventsThatNobodyWatchesAndKeepsTheirNumber() {
        watch();
        enqueue("a", "b");
        purge();
        assertThat(told()).hasSize(2);
        pass(HOLD);

        purge();

        assertThat(since(0)).isEqualTo(new EventPage(List.of(), 2, 2, false));
        watch();
        enqueue("c");
        assertThat(since(2).events()).extracting(JobEvent::sequence).containsExactly(3L);
    }

    @Test
    default void eventTellsWhatWhenAndWhy() {
        watch();
        WorkerSession worker = session();
        enqueue(JobDraft.job("größe {1}:2").type("grüßen"));
        Claim claim = claimOne(worker);
        pass(Duration.ofMillis(1_234));

        settle(worker, Ending.RETRY.of(claim));

        JobError error = new JobError(Ending.ERROR.type(), Ending.ERROR.message(), "");
        assertThat(since(2).events())
                .containsExactly(new JobEvent(
                        3,
                        clock().instant(),
                        JobId.of(queue(), "größe {1}:2"),
                        "grüßen",
                        Kind.RETRIED,
                        1,
                        null,
                        error));
    }

    @ParameterizedTest
    @EnumSource
    default void everyEndOfAClaimIsToldOnce(Ending ending) {
        watch();
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");

        settle(worker, ending.of(claim));
        settle(worker, ending.of(claim));

        String end = switch (ending) {
            case COMPLETE -> "COMPLETED a 1";
            case RETRY -> "RETRIED a 1 no luck";
            case FAIL -> "FAILED a 1 no luck";
            case CANCEL -> "CANCELLED a 1";
            case RELEASE, HAND_BACK, SNOOZE -> "RELEASED a 0";
        };
        assertThat(told()).containsExactly("ENQUEUED a 0", "STARTED a 1", end);
    }

    @ParameterizedTest
    @EnumSource
    default void cancelOfARunningJobIsToldBeforeItsEnd(Ending ending) {
        watch();
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        jobs().cancel(queue(), "a", KEPT);

        settle(worker, ending.of(claim));

        boolean charged = Set.of(Ending.COMPLETE, Ending.RETRY, Ending.FAIL, Ending.CANCEL)
                .contains(ending);
        assertThat(told())
                .containsExactly(
                        "ENQUEUED a 0", "STARTED a 1", "CANCEL_REQUESTED a 1", "CANCELLED a " + (charged ? 1 : 0));
    }

    @Test
    default void secondAttemptHasTheNextNumber() {
        watch();
        WorkerSession worker = session();
        settle(worker, Ending.RETRY.of(claimNew(worker, "a")));
        pass(Ending.DELAY);

        Claim second = claimOne(worker);
        notes().progress(worker, second.token(), new Progress(50, "half"));
        settle(worker, Ending.COMPLETE.of(second));

        assertThat(told())
                .containsExactly(
                        "ENQUEUED a 0",
                        "STARTED a 1",
                        "RETRIED a 1 no luck",
                        "PROMOTED a 1",
                        "STARTED a 2",
                        "PROGRESSED a 2 half",
                        "COMPLETED a 2");
    }

    @Test
    default void jobThatIsNotKeptIsToldWithItsType() {
        watch();
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");

        settle(worker, new Settlement.Complete(claim.token(), null, Duration.ZERO));

        assertThat(since(0).events()).extracting(JobEvent::type).containsOnly("greet");
        assertThat(told()).last().isEqualTo("COMPLETED a 1");
    }

    @Test
    default void notesAreToldWhenTheyAreStored() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        watch();

        notes().progress(worker, claim.token(), new Progress(7, "begun"));
        notes().attributes(worker, claim.token(), Map.of("k", 1L));
        notes().log(worker, claim.token(), List.of("a line is no event"));
        notes().progress(session(), claim.token(), new Progress(8, "of nobody"));
        notes().attributes(session(), claim.token(), Map.of("k", 2L));

        assertThat(told()).containsExactly("PROGRESSED a 1 begun", "UPDATED a 1");
        assertThat(since(0).events().get(0).progress()).isEqualTo(new Progress(7, "begun"));
    }

    @Test
    default void handsAreTold() {
        WorkerSession worker = session();
        settle(worker, Ending.COMPLETE.of(claimNew(worker, "ended")));
        enqueue(JobDraft.job("a").delay(Duration.ofHours(1)), JobDraft.job("b"), JobDraft.job("c"), JobDraft.job("d"));
        watch();

        operations().promote(queue(), "a");
        operations().promote(queue(), "b");
        operations().change(queue(), "b", new JobChange(3, null, null));
        jobs().cancel(queue(), "c", KEPT);
        jobs().cancel(queue(), "c", KEPT);
        operations().remove(queue(), "d");
        operations().replay(queue(), List.of("ended", "a"));
        operations().retain(queue(), "c", Duration.ofDays(1));
        operations().retain(queue(), "c", Duration.ZERO);

        assertThat(told())
                .containsExactly(
                        "PROMOTED a 0",
                        "CHANGED b 0",
                        "CANCELLED c 0",
                        "REMOVED d 0",
                        "REPLAYED ended 0",
                        "REMOVED c 0");
    }

    @Test
    default void jobsErasedByHandAreToldAndPurgedOnesAreNot() {
        WorkerSession worker = session();
        settle(worker, Ending.COMPLETE.of(claimNew(worker, "cleaned")));
        settle(worker, Ending.FAIL.of(claimNew(worker, "removed")));
        settle(worker, Ending.FAIL.of(claimNew(worker, "purged")));
        enqueue(JobDraft.job("waits"), JobDraft.job("scheduled").delay(Duration.ofDays(1)));
        watch();

        operations().clean(queue(), JobState.COMPLETED, Duration.ZERO, 100);
        operations().remove(queue(), "removed");
        operations().drain(queue(), 100);
        pass(KEPT);
        purge();

        assertThat(told())
                .containsExactly("REMOVED cleaned 1", "REMOVED removed 1", "REMOVED waits 0", "REMOVED scheduled 0");
    }

    @Test
    default void latestPayloadOfADebouncedJobIsAChange() {
        watch();
        Dedup key = Dedup.debounce("key");

        enqueue(JobDraft.job("first").dedup(key));
        enqueue(JobDraft.job("second").dedup(key));
        enqueue("first");

        assertThat(told()).containsExactly("ENQUEUED first 0", "CHANGED first 0");
    }

    @Test
    default void replacedJobIsEnqueuedAnew() {
        watch();
        WorkerSession worker = session();
        settle(worker, Ending.FAIL.of(claimNew(worker, "a")));

        enqueue(JobDraft.job("a").replacingFailed());

        assertThat(told()).containsExactly("ENQUEUED a 0", "STARTED a 1", "FAILED a 1 no luck", "ENQUEUED a 0");
    }

    @Test
    default void lossOfAWorkerIsTold() {
        claimNew(session(), "again");
        watch();
        pass(LEASE);
        reap();
        claimNew(session(), "failed");
        jobs().cancel(queue(), "again", KEPT);
        pass(LEASE);

        jobs().reap(lead(), new ReapRequest(ExchangeRequest.MOST, StallPolicy.FAIL, MOST_CRASHES, KEPT, KEPT));

        assertThat(told()).startsWith("CRASHED again 0", "ENQUEUED failed 0", "STARTED again 1");
        assertThat(told()).last().isEqualTo("CANCELLED again 0");
    }

    @Test
    default void lostJobThatFailsSaysWhy() {
        claimNew(session(), "a");
        watch();
        pass(LEASE);

        jobs().reap(lead(), new ReapRequest(ExchangeRequest.MOST, StallPolicy.FAIL, MOST_CRASHES, KEPT, KEPT));

        assertThat(told()).containsExactly("FAILED a 0 " + JobError.lost().message());
    }

    @Test
    default void reconcileTellsWhatItGivesBack() {
        WorkerSession worker = session();
        claimNew(worker, "unknown");
        Claim known = claimNew(worker, "known");
        Claim kept = claimNew(worker, "kept");
        watch();

        jobs().reconcile(worker.nextEpoch(), List.of(known.token(), kept.token()));

        assertThat(told()).containsExactly("RELEASED unknown 0");
    }

    @Test
    default void stepsOfOneCallAreToldInTheirOrder() {
        watch();
        WorkerSession worker = session();
        enqueue("a", "b");
        enqueue(JobDraft.job("due").delay(Duration.ofSeconds(1)));
        List<Claim> claims = claim(worker, 2);
        pass(Duration.ofSeconds(1));

        exchange(worker, 1, Ending.COMPLETE.of(claims.get(1)), Ending.FAIL.of(claims.get(0)));

        assertThat(told().subList(5, 9))
                .containsExactly("COMPLETED b 1", "FAILED a 1 no luck", "PROMOTED due 0", "STARTED due 1");
    }

    @Test
    default void sequenceGrowsByOneAndIsReadByPages() {
        watch();
        for (int i = 0; i < 10; i++) {
            enqueue("a" + i, "b" + i, "c" + i);
        }

        List<Long> read = new ArrayList<>();
        EventPage page = since(0, 7);
        page.events().forEach(event -> read.add(event.sequence()));
        while (page.more()) {
            page = since(page.last(), 7);
            page.events().forEach(event -> read.add(event.sequence()));
        }

        assertThat(read).isEqualTo(LongStream.rangeClosed(1, 30).boxed().toList());
        assertThat(since(30)).isEqualTo(new EventPage(List.of(), 0, 30, false));
    }

    @Test
    default void onlyTheNewestAreKeptAndTheOthersAreCounted() {
        watch();
        for (int call = 0; call < 11; call++) {
            String name = "job-" + call + "-";
            enqueue(IntStream.range(0, 100).mapToObj(i -> name + i).toArray(String[]::new));
        }

        EventPage page = since(20, 5);

        assertThat(page.missed()).isEqualTo(1_100 - JobEvents.MOST_KEPT - 20);
        assertThat(page.events()).extracting(JobEvent::sequence).containsExactly(101L, 102L, 103L, 104L, 105L);
        assertThat(page.last()).isEqualTo(105);
        assertThat(page.more()).isTrue();
        assertThat(since(100, 1).missed()).isZero();
    }

    @Test
    default void numberNeverGivenOutCountsAsTheBeginning() {
        watch();
        enqueue("a");

        assertThat(since(1_000).events()).extracting(JobEvent::sequence).containsExactly(1L);
    }

    @Test
    default void obliteratedQueueGoesOnWithItsEvents() {
        watch();
        enqueue("a");

        operations().obliterate(queue(), true);
        enqueue("a");

        assertThat(since(0).events()).extracting(JobEvent::sequence).containsExactly(1L, 2L);
    }

    @Test
    default void queuesHaveTheirOwnEvents() {
        watch();
        store().events().watch(queue() + "-other", HOLD);

        enqueue("a");

        assertThat(store().events().since(queue() + "-other", 0, 10).events()).isEmpty();
    }

    @Test
    default void subscriberIsHintedUntilItCloses() throws InterruptedException {
        watch();
        Semaphore hints = new Semaphore(0);
        Subscription subscription = store().events().subscribe(queue(), hints::release);
        assertThat(hints.tryAcquire(10, TimeUnit.SECONDS))
                .as("hint that it is up")
                .isTrue();
        hints.drainPermits();

        enqueue("a");

        assertThat(hints.tryAcquire(10, TimeUnit.SECONDS))
                .as("hint of an event")
                .isTrue();
        subscription.close();
        subscription.close();
    }

    private Watch watch() {
        return store().events().watch(queue(), HOLD);
    }

    private EventPage since(long sequence) {
        return since(sequence, JobEvents.MOST_KEPT);
    }

    private EventPage since(long sequence, int limit) {
        return store().events().since(queue(), sequence, limit);
    }

    private List<String> told() {
        return since(0).events().stream().map(EventContract::shown).toList();
    }

    private static String shown(JobEvent event) {
        String shown = event.kind() + " " + event.id().value() + " " + event.attempt();
        if (event.progress() != null) {
            return shown + " " + event.progress().note();
        }
        return event.error() == null ? shown : shown + " " + event.error().message();
    }
}
