package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.store.Claim;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** However many jobs are asked for, one call brings no more than about {@link ExchangeRequest#MOST_BYTES} of payloads. */
public interface ClaimBytesContract extends StoreFixture {

    /** Four jobs of this size reach the bound, three do not. */
    int LARGE = 300_000;

    private static JobDraft large(String id) {
        return job(id).payload(new byte[LARGE]);
    }

    private void enqueueLarge(int count) {
        enqueue(IntStream.range(0, count).mapToObj(i -> large("large-" + i)).toArray(JobDraft[]::new));
    }

    private static List<String> large(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "large-" + i).toList();
    }

    private boolean isWoken() throws InterruptedException {
        return store().signals().awaitWork(queue(), Duration.ZERO);
    }

    /** Claims until nothing is left, and returns what every call has brought. */
    private List<List<String>> claimedByCalls(Set<String> types, Map<String, Integer> room) {
        List<List<String>> calls = new ArrayList<>();
        ExchangeAnswer answer;
        do {
            answer =
                    jobs().exchange(new ExchangeRequest(session(), List.of(), ExchangeRequest.MOST, KEPT, types, room));
            calls.add(ids(answer.claims()));
            long bytes = answer.claims().stream()
                    .mapToLong(claim -> claim.spec().payload().length)
                    .sum();
            assertThat(bytes).isLessThan(ExchangeRequest.MOST_BYTES + LARGE);
            assertThat(calls).as("calls").hasSizeLessThan(100);
        } while (answer.cutShort());
        return calls;
    }

    private List<String> claimedAll(Set<String> types, Map<String, Integer> room) {
        return claimedByCalls(types, room).stream().flatMap(List::stream).toList();
    }

    @Test
    default void claimEndsWithTheJobThatReachesTheBound() {
        enqueueLarge(10);

        ExchangeAnswer answer = exchange(session(), 10);

        assertThat(ids(answer.claims())).isEqualTo(large(0, 4));
        assertThat(answer.cutShort()).isTrue();
        assertThat(counts().active()).isEqualTo(4);
        assertThat(counts().waiting()).isEqualTo(6);
    }

    @Test
    default void largeJobsBehindSmallOnesAreBoundToo() {
        List<String> small = IntStream.range(0, 30).mapToObj(i -> "small-" + i).toList();
        enqueue(small.toArray(String[]::new));
        enqueueLarge(10);

        ExchangeAnswer answer = exchange(session(), ExchangeRequest.MOST);

        List<String> expected = new ArrayList<>(small);
        expected.addAll(large(0, 4));
        assertThat(ids(answer.claims())).isEqualTo(expected);
        assertThat(answer.cutShort()).isTrue();
        assertThat(claimedAll(Set.of(), Map.of())).isEqualTo(large(4, 10));
    }

    @Test
    default void jobLargerThanTheBoundIsClaimedAlone() {
        byte[] huge = new byte[ExchangeRequest.MOST_BYTES + 1];
        enqueue(job("a").payload(huge), job("b").payload(huge), job("c"));

        ExchangeAnswer first = exchange(session(), 10);
        ExchangeAnswer second = exchange(session(), 1);

        assertThat(ids(first.claims())).containsExactly("a");
        assertThat(first.cutShort()).isTrue();
        assertThat(ids(second.claims())).containsExactly("b");
        assertThat(second.cutShort()).as("it has brought all it was asked for").isFalse();
        assertThat(claimedOrder()).containsExactly("c");
    }

    @Test
    default void smallJobsAreNotCutShort() {
        enqueue(IntStream.range(0, 60).mapToObj(i -> "small-" + i).toArray(String[]::new));

        ExchangeAnswer full = exchange(session(), 50);
        ExchangeAnswer rest = exchange(session(), 50);

        assertThat(full.claims()).hasSize(50);
        assertThat(full.cutShort()).isFalse();
        assertThat(rest.claims()).hasSize(10);
        assertThat(rest.cutShort()).isFalse();
    }

    @Test
    default void whatIsLeftKeepsItsPlaceInEveryPriority() {
        WorkerSession worker = session();
        enqueue(large("first"), large("second"));
        List<Claim> claims = claim(worker, 2);
        enqueue(
                large("plain-1"),
                large("low-1").priority(-1),
                large("high-1").priority(1),
                large("plain-2"),
                large("high-2").priority(1),
                large("low-2").priority(-1));
        exchange(worker, 0, Ending.RELEASE.of(claims.get(1)), Ending.RELEASE.of(claims.get(0)));
        List<List<String>> calls = new ArrayList<>();
        calls.add(ids(claim(session(), 10)));
        enqueue(large("plain-3"), large("high-3").priority(1));

        calls.addAll(claimedByCalls(Set.of(), Map.of()));

        assertThat(calls)
                .containsExactly(
                        List.of("high-1", "high-2", "first", "second"),
                        List.of("high-3", "plain-1", "plain-2", "plain-3"),
                        List.of("low-1", "low-2"));
    }

    @Test
    default void callThatSettlesOtherwiseThanWellIsBoundToo() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "retried");
        enqueueLarge(10);

        ExchangeAnswer answer = exchange(worker, 10, Ending.RETRY.of(claim));

        assertThat(answer.settled()).containsExactly(true);
        assertThat(ids(answer.claims())).isEqualTo(large(0, 4));
        assertThat(answer.cutShort()).isTrue();
        assertThat(claimedAll(Set.of(), Map.of())).isEqualTo(large(4, 10));
    }

    @Test
    default void callThatCompletesIsBoundToo() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "completed");
        enqueueLarge(6);

        ExchangeAnswer answer = exchange(worker, 10, Ending.COMPLETE.of(claim));

        assertThat(answer.settled()).containsExactly(true);
        assertThat(ids(answer.claims())).isEqualTo(large(0, 4));
        assertThat(answer.cutShort()).isTrue();
    }

    @Test
    default void largeJobsOfOtherTypesHideNothing() {
        for (int i = 0; i < 40; i += 8) {
            enqueue(IntStream.range(i, i + 8)
                    .mapToObj(number -> large("other-" + number).type("other"))
                    .toArray(JobDraft[]::new));
        }
        enqueue(large("a"), job("b"), large("c"));

        assertThat(claimedAll(Set.of("greet"), Map.of())).containsExactly("a", "b", "c");
        assertThat(claimedAll(Set.of("other"), Map.of())).hasSize(40).startsWith("other-0", "other-1");
    }

    @Test
    default void roomForATypeAndTheBoundHoldTogether() {
        enqueueLarge(8);
        enqueue(
                large("o1").type("other"),
                large("o2").type("other"),
                large("o3").type("other"));

        assertThat(claimedAll(Set.of(), Map.of("other", 1))).isEqualTo(with(large(0, 8), "o1"));
        assertThat(claimedAll(Set.of(), Map.of())).containsExactly("o2", "o3");
    }

    private static List<String> with(List<String> ids, String last) {
        List<String> all = new ArrayList<>(ids);
        all.add(last);
        return all;
    }

    @Test
    default void cutClaimOffersAWakeForTheRest() throws InterruptedException {
        enqueueLarge(5);
        assertThat(isWoken()).isTrue();

        assertThat(claim(session(), 10)).hasSize(4);

        assertThat(isWoken()).isTrue();
        assertThat(claim(session(), 10)).hasSize(1);
        assertThat(isWoken()).isFalse();
    }
}
