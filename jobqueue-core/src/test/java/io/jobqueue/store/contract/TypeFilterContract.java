package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Cancellation;
import io.jobqueue.Dedup;
import io.jobqueue.JobState;
import io.jobqueue.Removal;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobChange;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A worker that names types is given only jobs of these; the others keep their places. */
public interface TypeFilterContract extends StoreFixture {

    String MINE = "mine";
    String FOREIGN = "foreign";

    private JobDraft mine(String id) {
        return job(id).type(MINE);
    }

    private JobDraft foreign(String id) {
        return job(id).type(FOREIGN);
    }

    /** Claims all jobs of some types in a session of its own. */
    private List<String> claimedOrder(String... types) {
        return ids(claim(session(), ExchangeRequest.MOST, types));
    }

    /** Enqueues jobs of another type and lets a worker pass them over. */
    private void passOver(String... ids) {
        enqueue(List.of(ids).stream().map(this::foreign).toArray(JobDraft[]::new));
        assertThat(claimedOrder(MINE)).isEmpty();
    }

    private boolean isWoken() throws InterruptedException {
        return store().signals().awaitWork(queue(), Duration.ZERO);
    }

    @Test
    default void workerIsGivenOnlyItsTypesInOrder() {
        enqueue(
                foreign("f1"),
                mine("m1"),
                foreign("f-high").priority(5),
                mine("m-high").priority(1),
                mine("m2"),
                mine("m-low").priority(-1),
                mine("m-front").atFront());

        assertThat(claimedOrder(MINE)).containsExactly("m-high", "m-front", "m1", "m2", "m-low");

        assertThat(counts().waiting()).isEqualTo(2);
        assertThat(claimedOrder(FOREIGN)).containsExactly("f-high", "f1");
    }

    @Test
    default void severalTypesAreMergedInOrder() {
        enqueue(foreign("a"), job("b").type("third"), mine("c"), foreign("d"), mine("e"), job("f").type("third"));

        assertThat(claimedOrder("third")).containsExactly("b", "f");
        enqueue(job("g").type("third"), mine("h"));

        assertThat(claimedOrder(MINE, FOREIGN)).containsExactly("a", "c", "d", "e", "h");
    }

    @Test
    default void jobsThatWerePassedOverKeepTheirPlaces() {
        enqueue(foreign("f1"), mine("m1"), foreign("f-high").priority(2), foreign("f2"), mine("m2"));
        assertThat(ids(claim(session(), 1, MINE))).containsExactly("m1");
        enqueue(foreign("f3"), foreign("f-higher").priority(3), foreign("f-low").priority(-1));

        assertThat(claimedOrder()).containsExactly("f-higher", "f-high", "f1", "f2", "m2", "f3", "f-low");
    }

    @Test
    default void extremePrioritiesKeepTheirOrderAside() {
        enqueue(
                foreign("low").priority(Integer.MIN_VALUE),
                foreign("minus").priority(-1),
                foreign("plain"),
                foreign("plus").priority(1),
                foreign("high").priority(Integer.MAX_VALUE));
        assertThat(claimedOrder(MINE)).isEmpty();

        assertThat(claimedOrder(FOREIGN)).containsExactly("high", "plus", "plain", "minus", "low");
    }

    @Test
    default void typesWithACommonBeginningAreApart() {
        enqueue(job("a").type("mail"), job("b").type("mail!"), job("c").type("mailbox"), job("d").type("mai"));
        assertThat(claimedOrder("none")).isEmpty();

        assertThat(claimedOrder("mail")).containsExactly("a");
        assertThat(claimedOrder("mai", "mailbox")).containsExactly("c", "d");
        assertThat(claimedOrder()).containsExactly("b");
    }

    @Test
    default void neverMoreThanAskedAreTaken() {
        enqueue(foreign("f1"), mine("m1"), mine("m2"), foreign("f2"), mine("m3"));

        assertThat(ids(claim(session(), 2, MINE))).containsExactly("m1", "m2");
        assertThat(ids(claim(session(), 2, MINE))).containsExactly("m3");
        assertThat(counts().waiting()).isEqualTo(2);
    }

    @Test
    default void jobsPassedOverWaitInEveryView() {
        passOver("a", "b");

        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
        assertThat(store().ledger().states(queue(), List.of("b")).get(0)).contains(JobState.WAITING);
        assertThat(counts().waiting()).isEqualTo(2);
        assertThat(store().ledger().list(queue(), JobState.WAITING, null, 10).jobs())
                .extracting(StoredJob::id)
                .containsExactly("a", "b");
    }

    @Test
    default void pausedTypeIsNotClaimedByItsOwnWorkerEither() {
        passOver("a");
        enqueue(foreign("b"), mine("m"));
        operations().pause(queue(), FOREIGN);

        assertThat(claimedOrder(FOREIGN)).isEmpty();
        assertThat(claimedOrder(FOREIGN, MINE)).containsExactly("m");
        assertThat(claimedOrder()).isEmpty();
        operations().resume(queue(), FOREIGN);
        assertThat(claimedOrder(MINE)).isEmpty();
        assertThat(claimedOrder(FOREIGN)).containsExactly("a", "b");
    }

    @Test
    default void pausedQueueGivesNothingAside() {
        passOver("a");
        operations().pause(queue(), null);

        assertThat(claimedOrder(FOREIGN)).isEmpty();
        assertThat(claimedOrder()).isEmpty();
        operations().resume(queue(), null);
        assertThat(claimedOrder(FOREIGN)).containsExactly("a");
    }

    @Test
    default void jobPassedOverIsCancelledAndRemoved() {
        enqueue(foreign("high").priority(3));
        passOver("a", "b", "c");

        assertThat(jobs().cancel(queue(), "a", KEPT)).isEqualTo(Cancellation.CANCELLED);
        assertThat(operations().remove(queue(), "b")).isEqualTo(Removal.REMOVED);
        assertThat(operations().remove(queue(), "high")).isEqualTo(Removal.REMOVED);

        assertThat(counts().waiting()).isOne();
        enqueue(foreign("a"), foreign("high"));
        assertThat(claimedOrder(FOREIGN)).containsExactly("c", "a", "high");
    }

    @Test
    default void jobPassedOverIsChanged() {
        passOver("a", "b", "c", "d");

        operations().change(queue(), "a", new JobChange(null, Duration.ofSeconds(5), null));
        operations().change(queue(), "b", new JobChange(null, null, "2".getBytes(UTF_8)));
        operations().change(queue(), "c", new JobChange(7, null, null));
        operations().change(queue(), "d", new JobChange(-7, Duration.ofSeconds(5), null));

        assertThat(counts().waiting()).isEqualTo(2);
        assertThat(counts().scheduled()).isEqualTo(2);
        List<Claim> claims = claim(session(), 10, FOREIGN);
        assertThat(ids(claims)).containsExactly("c", "b");
        assertThat(claims.get(1).spec().payload()).isEqualTo("2".getBytes(UTF_8));
        pass(Duration.ofSeconds(5));
        assertThat(operations().promote(queue(), "a")).isTrue();
        assertThat(claimedOrder(FOREIGN)).containsExactly("a", "d");
    }

    @Test
    default void debouncedJobPassedOverTakesTheTypeOfTheLatest() {
        enqueue(foreign("a").priority(4).dedup(Dedup.debounce("key")));
        assertThat(claimedOrder(MINE)).isEmpty();

        enqueue(mine("b").dedup(Dedup.debounce("key")));

        assertThat(claimedOrder(FOREIGN)).isEmpty();
        assertThat(claimedOrder(MINE)).containsExactly("a");
        assertThat(counts().waiting()).isZero();
    }

    @Test
    default void drainErasesTheNextToRunFirstAlsoAside() {
        enqueue(foreign("f1"), mine("m1"), foreign("f-high").priority(1), mine("m2"));
        assertThat(ids(claim(session(), 1, MINE))).containsExactly("m1");
        enqueue(foreign("f2"));

        assertThat(operations().drain(queue(), 2)).isEqualTo(2);

        assertThat(isKept("f-high")).isFalse();
        assertThat(isKept("f1")).isFalse();
        assertThat(operations().drain(queue(), 100)).isEqualTo(2);
        assertThat(counts().waiting()).isZero();
    }

    @Test
    default void releasedAndRetriedJobsAreFiltered() {
        WorkerSession worker = session();
        enqueue(foreign("a"), foreign("b"), foreign("c"));
        List<Claim> claims = claim(worker, 3, FOREIGN);
        exchange(
                worker,
                0,
                Ending.RELEASE.of(claims.get(1)),
                new Settlement.Retry(claims.get(0).token(), Duration.ZERO, Ending.ERROR));
        enqueue(mine("m"));

        assertThat(claimedOrder(MINE)).containsExactly("m");
        pass(LEASE);
        reap();
        assertThat(claimedOrder(FOREIGN)).containsExactly("b", "c", "a");
    }

    @Test
    default void scheduledJobOfAnotherTypeIsPromotedAndLeft() {
        enqueue(foreign("f").delay(Duration.ofSeconds(1)), mine("m").delay(Duration.ofSeconds(2)));
        pass(Duration.ofSeconds(2));

        assertThat(claimedOrder(MINE)).containsExactly("m");
        assertThat(claimedOrder(FOREIGN)).containsExactly("f");
    }

    @Test
    default void manyJobsOfOtherTypesHideNothingAndAreLookedAtOnce() {
        int many = 5000;
        List<String> expected = new ArrayList<>();
        for (int from = 0; from < many; from += ExchangeRequest.MOST) {
            List<String> some = IntStream.range(from, from + ExchangeRequest.MOST)
                    .mapToObj(i -> "foreign-" + i)
                    .toList();
            expected.addAll(some);
            enqueue(some.stream().map(this::foreign).toArray(JobDraft[]::new));
        }
        enqueue(mine("m1"));

        List<String> claimed = new ArrayList<>();
        for (int call = 0; claimed.isEmpty() && call < 40; call++) {
            claimed.addAll(claimedOrder(MINE));
        }

        assertThat(claimed).containsExactly("m1");
        enqueue(mine("m2"));
        assertThat(claimedOrder(MINE)).as("the way is clear now").containsExactly("m2");
        assertThat(counts().waiting()).isEqualTo(many);
        List<String> left = new ArrayList<>();
        for (int call = 0; left.size() < many && call < many; call++) {
            left.addAll(claimedOrder(call % 2 == 0 ? new String[] {} : new String[] {FOREIGN}));
        }
        assertThat(left).isEqualTo(expected);
    }

    @Test
    default void hintForAJobOfAnotherTypeIsPassedOn() throws InterruptedException {
        enqueue(foreign("a"));
        assertThat(isWoken()).isTrue();

        assertThat(claimedOrder(MINE)).isEmpty();
        assertThat(isWoken()).isTrue();
        assertThat(claimedOrder(FOREIGN)).containsExactly("a");
        assertThat(isWoken()).isFalse();
    }

    @Test
    default void idleWorkersDoNotWakeEachOtherForEver() throws InterruptedException {
        List<WorkerSession> idle = List.of(session(), session(), session());
        idle.forEach(worker -> claim(worker, 1, MINE));
        enqueue(foreign("a"));

        int wakes = 0;
        while (isWoken()) {
            claim(idle.get(wakes % idle.size()), 1, MINE);
            wakes++;
            assertThat(wakes).isLessThan(20);
        }

        assertThat(wakes).as("everybody heard of it").isGreaterThanOrEqualTo(idle.size());
        assertThat(wakes).as("once").isLessThanOrEqualTo(idle.size() + 1);
        enqueue(foreign("b"));
        assertThat(isWoken()).as("of the next one too").isTrue();
        assertThat(claimedOrder(FOREIGN)).containsExactly("a", "b");
    }

    @Test
    default void workLeftAsideWakesTheNextWorkerOfItsType() throws InterruptedException {
        passOver("a", "b");
        while (isWoken()) {
            claim(session(), 0, MINE);
        }

        assertThat(ids(claim(session(), 1, FOREIGN))).containsExactly("a");

        assertThat(isWoken()).isTrue();
    }

    @Test
    default void endOfAPauseIsToldToWhoeverCanUseIt() throws InterruptedException {
        passOver("a");
        WorkerSession other = session();
        operations().pause(queue(), null);
        while (isWoken()) {
            claim(other, 1, MINE);
        }
        operations().resume(queue(), null);
        assertThat(isWoken()).isTrue();

        assertThat(claim(other, 1, MINE)).isEmpty();

        assertThat(isWoken()).isTrue();
        assertThat(claimedOrder(FOREIGN)).containsExactly("a");
    }
}
