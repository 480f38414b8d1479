package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Backoff;
import io.jobqueue.Cancellation;
import io.jobqueue.Enqueued.Status;
import io.jobqueue.JobError;
import io.jobqueue.JobState;
import io.jobqueue.Progress;
import io.jobqueue.QueueCounts;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names are opaque, and what is handed in comes back to the byte. */
public interface NamesContract extends StoreFixture {

    /** The largest payload the engine lets through unless it is told otherwise. */
    int LARGE = 256 * 1024;

    @ParameterizedTest
    @EnumSource
    default void anyNameServesAsAnId(HostileName name) throws InterruptedException {
        String id = name.text();
        String address = "address-of-" + queue();
        WorkerSession worker = session();
        try (RecordedSignals signals = RecordedSignals.of(store(), address, Set.of(queue()))) {
            enqueue(job(id).delay(Duration.ofSeconds(1)).replyTo(address));
            assertThat(stateOf(id)).isEqualTo(JobState.SCHEDULED);
            pass(Duration.ofSeconds(1));
            Claim first = claimOne(worker);
            assertThat(first.token().jobId()).isEqualTo(id);
            assertThat(notes().progress(worker, first.token(), new Progress(1, "")))
                    .isTrue();
            assertThat(settle(worker, Ending.RETRY.of(first))).isTrue();
            pass(Ending.DELAY);
            Claim second = claimOne(worker);
            assertThat(jobs().reconcile(worker, List.of(second.token()))).isZero();
            assertThat(settle(worker, Ending.RELEASE.of(second))).isTrue();
            Claim third = claimOne(worker);
            assertThat(jobs().cancel(queue(), id, KEPT)).isEqualTo(Cancellation.REQUESTED);
            assertThat(signals.nextCancelRequest()).isEqualTo(third.token());
            assertThat(jobs().renew(worker).cancelRequested()).containsExactly(third.token());
            assertThat(settle(worker, Ending.COMPLETE.of(third))).isTrue();
            assertThat(signals.nextEnded().jobId()).isEqualTo(id);
        }
        assertThat(stateOf(id)).isEqualTo(JobState.CANCELLED);
        pass(KEPT);
        assertThat(purge()).isOne();
        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 0, 0, 0, 0, 0, 0));
    }

    @ParameterizedTest
    @EnumSource
    default void anyNameServesAsAQueue(HostileName name) {
        String queue = name.with(queue());
        WorkerSession worker = session(queue);
        jobs().enqueue(queue, List.of(job("a").newJob(), job("b").newJob()));

        List<Claim> claims = claim(worker, 2);
        exchange(worker, 0, Ending.COMPLETE.of(claims.get(0)), Ending.RELEASE.of(claims.get(1)));

        assertThat(store().ledger().queues()).contains(queue);
        assertThat(store().ledger().counts(queue)).isEqualTo(new QueueCounts(queue, 0, 1, 0, 1, 0, 0));
        assertThat(store().ledger().find(queue, "a").orElseThrow().state()).isEqualTo(JobState.COMPLETED);
        assertThat(store().leaderLock()
                        .acquire(queue, "leader", REIGN)
                        .orElseThrow()
                        .queue())
                .isEqualTo(queue);
    }

    @ParameterizedTest
    @EnumSource
    default void anyNameServesAsATypeAndAsAHeader(HostileName name) {
        JobOptions options = new JobOptions(null, null, null, null, Map.of(name.text(), name.text()));
        enqueue(job("a").type(name.text()).options(options));

        JobSpec claimed = claimOne(session()).spec();

        assertThat(claimed.type()).isEqualTo(name.text());
        assertThat(claimed.options()).isEqualTo(options);
        assertThat(find("a").spec().type()).isEqualTo(name.text());
        assertThat(find("a").spec().options()).isEqualTo(options);
    }

    @Test
    default void allHostileIdsLiveInOneQueue() {
        String[] ids =
                Arrays.stream(HostileName.values()).map(HostileName::text).toArray(String[]::new);
        enqueue(ids);

        WorkerSession worker = session();
        List<Claim> claims = claim(worker, ExchangeRequest.MOST);
        exchange(worker, 0, claims.stream().map(Ending.COMPLETE::of).toArray(Settlement[]::new));

        assertThat(ids(claims)).containsExactly(ids);
        assertThat(ids).allMatch(id -> stateOf(id) == JobState.COMPLETED);
        assertThat(counts().completed()).isEqualTo(ids.length);
    }

    @Test
    default void namesThatJoinToOneTextStayApart() {
        String left = queue() + ":a";
        jobs().enqueue(queue(), List.of(job("a:b").newJob()));
        jobs().enqueue(left, List.of(job("b").newJob()));

        assertThat(ids(claim(session(left), 10))).containsExactly("b");
        assertThat(claimedOrder()).containsExactly("a:b");
    }

    @Test
    default void idsThatLookAlikeStayApart() {
        enqueue("a", "A", " a", "a ", "\u00e9", "e\u0301", "1", "01", "1.0");

        assertThat(counts().waiting()).isEqualTo(9);
        assertThat(claimedOrder()).containsExactly("a", "A", " a", "a ", "\u00e9", "e\u0301", "1", "01", "1.0");
    }

    @Test
    default void everyByteOfAPayloadComesBack() {
        byte[] payload = allBytes(1024);
        enqueue(job("a").payload(payload));

        assertThat(claimOne(session()).spec().payload()).isEqualTo(payload);
        assertThat(find("a").spec().payload()).isEqualTo(payload);
    }

    @Test
    default void everyByteOfAResultComesBack() {
        byte[] result = allBytes(1024);
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");

        settle(worker, new Settlement.Complete(claim.token(), result, KEPT));

        assertThat(find("a").result()).isEqualTo(result);
        assertThat(enqueue("a").get(0).result()).isEqualTo(result);
    }

    @Test
    default void emptyPayloadComesBackEmpty() {
        enqueue(job("a").payload(new byte[0]));

        assertThat(claimOne(session()).spec().payload()).isEmpty();
        assertThat(find("a").spec().payload()).isEmpty();
    }

    @Test
    default void largePayloadAndResultComeBack() {
        byte[] large = allBytes(LARGE);
        enqueue(job("a").payload(large));
        WorkerSession worker = session();
        Claim claim = claimOne(worker);

        settle(worker, new Settlement.Complete(claim.token(), large, KEPT));

        assertThat(claim.spec().payload()).isEqualTo(large);
        assertThat(find("a").result()).isEqualTo(large);
    }

    @Test
    default void allOptionsComeBack() {
        JobOptions options = new JobOptions(
                10_000,
                new Backoff(Duration.ofMillis(1234), 1.75, Duration.ofMillis(321), Duration.ofDays(3650), 0.125),
                Duration.ofMillis(1),
                Duration.ofDays(3650),
                Map.of("trace", "00-ab", "empty", "", "long", "ü".repeat(1024)));
        enqueue(job("a").options(options));

        assertThat(claimOne(session()).spec().options()).isEqualTo(options);
        assertThat(find("a").spec().options()).isEqualTo(options);
    }

    @Test
    default void backoffWithoutAnIncrementComesBack() {
        JobOptions options = new JobOptions(
                null, new Backoff(Duration.ofSeconds(1), 3, Duration.ofHours(1), 0.5), null, null, Map.of("a", "b"));
        enqueue(job("a").options(options));

        assertThat(find("a").spec().options()).isEqualTo(options);
    }

    @Test
    default void optionOfZeroIsNotTheSameAsNone() {
        JobOptions zero = new JobOptions(1, Backoff.fixed(Duration.ZERO), null, Duration.ZERO, Map.of());
        enqueue(job("zero").options(zero), job("none"));

        List<Claim> claims = claim(session(), 2);

        assertThat(claims.get(0).spec().options()).isEqualTo(zero);
        assertThat(claims.get(1).spec().options()).isEqualTo(JobOptions.NONE);
    }

    @Test
    default void optionsOutliveARetry() {
        JobOptions options = new JobOptions(7, null, Duration.ofSeconds(3), null, Map.of("k", "v"));
        enqueue(job("a").options(options).priority(-3));
        WorkerSession worker = session();
        settle(worker, Ending.RETRY.of(claimOne(worker)));
        pass(Ending.DELAY);

        JobSpec again = claimOne(worker).spec();

        assertThat(again.options()).isEqualTo(options);
        assertThat(again.priority()).isEqualTo(-3);
        assertThat(again.payload()).isEqualTo(find("a").spec().payload());
    }

    @Test
    default void errorTextComesBack() {
        JobError error = new JobError("io.jobqueue.Łódź$1", null, "a\n\tb\u0000c 🧵");
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");

        settle(worker, new Settlement.Fail(claim.token(), error, KEPT));

        assertThat(Objects.requireNonNull(find("a").error())).isEqualTo(error);
    }

    @Test
    default void jobsOfOneCallKeepTheirOwnPayloads() {
        List<NewJob> jobs = List.of(
                job("a").payload("1".getBytes(UTF_8)).newJob(),
                job("b").payload("2".getBytes(UTF_8)).priority(1).newJob(),
                job("c").payload("3".getBytes(UTF_8))
                        .delay(Duration.ofMillis(1))
                        .newJob());
        assertThat(jobs().enqueue(queue(), jobs)).allMatch(answer -> answer.status() == Status.QUEUED);
        pass(Duration.ofMillis(1));

        assertThat(claim(session(), 3))
                .extracting(claim -> new String(claim.spec().payload(), UTF_8))
                .containsExactly("2", "1", "3");
    }

    private static byte[] allBytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
