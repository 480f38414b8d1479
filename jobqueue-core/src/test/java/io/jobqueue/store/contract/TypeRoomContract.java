package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.store.Claim;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A worker that has room for some jobs of a type is given no more of it; the others keep their places. */
public interface TypeRoomContract extends StoreFixture {

    private static JobDraft slow(String id) {
        return job(id).type("slow");
    }

    private static JobDraft quick(String id) {
        return job(id).type("quick");
    }

    private List<Claim> claimWithRoom(WorkerSession session, int most, Set<String> types, Map<String, Integer> room) {
        return jobs().exchange(new ExchangeRequest(session, List.of(), most, KEPT, types, room))
                .claims();
    }

    private List<String> claimedOrder(int most, Map<String, Integer> room) {
        return ids(claimWithRoom(session(), most, Set.of(), room));
    }

    private boolean isWoken() throws InterruptedException {
        return store().signals().awaitWork(queue(), Duration.ZERO);
    }

    @Test
    default void noMoreOfATypeAreGivenThanThereIsRoomFor() {
        enqueue(slow("s1"), slow("s2"), quick("q1"), slow("s3"), quick("q2"), slow("s4"));

        assertThat(claimedOrder(10, Map.of("slow", 2))).containsExactly("s1", "s2", "q1", "q2");

        assertThat(counts().waiting()).isEqualTo(2);
        assertThat(claimedOrder(10, Map.of("slow", 1))).containsExactly("s3");
        assertThat(claimedOrder(10, Map.of())).containsExactly("s4");
    }

    @Test
    default void typeWithoutRoomIsNotGivenAndTheOthersAre() {
        enqueue(slow("s1"), quick("q1"), slow("s-high").priority(3), quick("q2"));

        assertThat(claimedOrder(10, Map.of("slow", 0))).containsExactly("q1", "q2");

        assertThat(counts().active()).isEqualTo(2);
        assertThat(claimedOrder(10, Map.of("slow", 5))).containsExactly("s-high", "s1");
    }

    @Test
    default void jobsForWhichThereWasNoRoomKeepTheirPlaces() {
        enqueue(slow("s1"), quick("q1"), slow("s-high").priority(2), slow("s2"), quick("q2"));
        assertThat(claimedOrder(1, Map.of("slow", 0))).containsExactly("q1");
        enqueue(
                slow("s3"),
                slow("s-higher").priority(3),
                quick("q3"),
                slow("s-low").priority(-1));

        assertThat(claimedOrder(4, Map.of("slow", 3))).containsExactly("s-higher", "s-high", "s1", "q2");
        assertThat(claimedOrder(10, Map.of())).containsExactly("s2", "s3", "q3", "s-low");
    }

    @Test
    default void jobsOfAllIndexesCountForTheRoom() {
        enqueue(slow("aside"));
        assertThat(claimedOrder(10, Map.of("slow", 0))).isEmpty();
        enqueue(slow("plain"), slow("high").priority(1), slow("low").priority(-1), quick("q"));

        assertThat(claimedOrder(10, Map.of("slow", 3))).containsExactly("high", "aside", "plain", "q");
        assertThat(claimedOrder(10, Map.of("slow", 3))).containsExactly("low");
    }

    @Test
    default void roomOfSeveralTypesIsCountedApart() {
        enqueue(
                slow("s1"),
                quick("q1"),
                job("o1").type("other"),
                slow("s2"),
                quick("q2"),
                job("o2").type("other"));

        assertThat(claimedOrder(10, Map.of("slow", 1, "quick", 0))).containsExactly("s1", "o1", "o2");
        assertThat(claimedOrder(10, Map.of("slow", 0, "quick", 1))).containsExactly("q1");
    }

    @Test
    default void neverMoreThanAskedAreGivenHoweverMuchRoomThereIs() {
        enqueue(slow("s1"), slow("s2"), slow("s3"));

        assertThat(claimedOrder(2, Map.of("slow", 3))).containsExactly("s1", "s2");
        assertThat(claimedOrder(0, Map.of("slow", 3))).isEmpty();
    }

    @Test
    default void roomGivesNoTypeThatTheWorkerDoesNotTake() {
        enqueue(slow("s1"), quick("q1"), slow("s2"), quick("q2"));

        assertThat(ids(claimWithRoom(session(), 10, Set.of("slow"), Map.of("slow", 1, "quick", 1))))
                .containsExactly("s1");
        assertThat(ids(claimWithRoom(session(), 10, Set.of("slow"), Map.of("quick", 0))))
                .containsExactly("s2");
    }

    @Test
    default void pausedTypeIsNotGivenHoweverMuchRoomThereIs() {
        enqueue(slow("s1"), quick("q1"));
        operations().pause(queue(), "slow");

        assertThat(claimedOrder(10, Map.of("slow", 1))).containsExactly("q1");
        operations().resume(queue(), "slow");
        assertThat(claimedOrder(10, Map.of("slow", 1))).containsExactly("s1");
    }

    @Test
    default void manyJobsWithoutRoomHideNothing() {
        int many = 3000;
        List<String> expected = new ArrayList<>();
        for (int from = 0; from < many; from += ExchangeRequest.MOST) {
            List<String> some = IntStream.range(from, from + ExchangeRequest.MOST)
                    .mapToObj(i -> "slow-" + i)
                    .toList();
            expected.addAll(some);
            enqueue(some.stream().map(TypeRoomContract::slow).toArray(JobDraft[]::new));
        }
        enqueue(quick("q1"));
        List<String> claimed = new ArrayList<>();
        for (int call = 0; !claimed.contains("q1") && call < 40; call++) {
            claimed.addAll(claimedOrder(10, Map.of("slow", 1)));
        }
        List<String> slow = new ArrayList<>(claimed.subList(0, claimed.size() - 1));

        enqueue(quick("q2"));
        List<String> next = claimedOrder(10, Map.of("slow", 1));

        assertThat(next).as("the way is clear now").hasSize(2).endsWith("q2");
        slow.add(next.get(0));
        assertThat(slow).isEqualTo(expected.subList(0, slow.size()));
        assertThat(counts().waiting()).isEqualTo(many - slow.size());
    }

    @Test
    default void hintForAJobWithoutRoomIsPassedOn() throws InterruptedException {
        enqueue(slow("s"));
        assertThat(isWoken()).isTrue();

        assertThat(claimedOrder(10, Map.of("slow", 0))).isEmpty();

        assertThat(isWoken()).isTrue();
        assertThat(claimedOrder(10, Map.of())).containsExactly("s");
        assertThat(isWoken()).isFalse();
    }

    @Test
    default void workersWithoutRoomDoNotWakeEachOtherForEver() throws InterruptedException {
        List<WorkerSession> full = List.of(session(), session(), session());
        full.forEach(worker -> claimWithRoom(worker, 1, Set.of(), Map.of("slow", 0)));
        enqueue(slow("s"));

        int wakes = 0;
        while (isWoken()) {
            claimWithRoom(full.get(wakes % full.size()), 1, Set.of(), Map.of("slow", 0));
            wakes++;
            assertThat(wakes).isLessThan(20);
        }

        assertThat(wakes).as("everybody heard of it, once").isBetween(full.size(), full.size() + 1);
    }

    @Test
    default void settlingAndClaimingWithRoomIsOneCall() {
        enqueue(slow("s1"), slow("s2"), slow("s3"));
        WorkerSession worker = session();
        Claim first = claimWithRoom(worker, 5, Set.of(), Map.of("slow", 1)).get(0);

        List<Claim> next = jobs().exchange(new ExchangeRequest(
                        worker, List.of(Ending.COMPLETE.of(first)), 5, KEPT, Set.of(), Map.of("slow", 1)))
                .claims();

        assertThat(ids(next)).containsExactly("s2");
        assertThat(counts().active()).isOne();
        assertThat(counts().waiting()).isOne();
    }
}
