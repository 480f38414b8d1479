package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.JobState;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobPage;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many states in one call, and jobs page by page. */
public interface PageContract extends StoreFixture {

    @Test
    default void statesComeInTheOrderAsked() {
        WorkerSession worker = session();
        settle(worker, Ending.COMPLETE.of(claimNew(worker, "completed")));
        settle(worker, Ending.FAIL.of(claimNew(worker, "failed")));
        settle(worker, Ending.CANCEL.of(claimNew(worker, "cancelled")));
        claimNew(worker, "active");
        enqueue(job("waiting"), job("high").priority(3), job("late").delay(Duration.ofHours(1)));

        assertThat(states("late", "waiting", "nobody", "high", "active", "cancelled", "failed", "completed", "late"))
                .containsExactly(
                        Optional.of(JobState.SCHEDULED),
                        Optional.of(JobState.WAITING),
                        Optional.empty(),
                        Optional.of(JobState.WAITING),
                        Optional.of(JobState.ACTIVE),
                        Optional.of(JobState.CANCELLED),
                        Optional.of(JobState.FAILED),
                        Optional.of(JobState.COMPLETED),
                        Optional.of(JobState.SCHEDULED));
    }

    @Test
    default void jobPastItsRetentionHasNoState() {
        WorkerSession worker = session();
        settle(worker, Ending.COMPLETE.of(claimNew(worker, "a")));
        pass(KEPT);

        assertThat(states("a")).containsExactly(Optional.empty());
    }

    @Test
    default void noIdHasNoState() {
        enqueue("a");

        assertThat(states()).isEmpty();
        assertThat(store().ledger().states(queue() + "-never", List.of("a"))).containsExactly(Optional.empty());
    }

    @Test
    default void scheduledJobsAreListedByDueTime() {
        enqueue(
                job("third").delay(Duration.ofSeconds(3)),
                job("first").delay(Duration.ofSeconds(1)),
                job("second").delay(Duration.ofSeconds(2)),
                job("waiting"));

        assertThat(listed(JobState.SCHEDULED, 100)).containsExactly("first", "second", "third");
        assertThat(listed(JobState.SCHEDULED, 1)).containsExactly("first", "second", "third");
    }

    @Test
    default void waitingJobsAreListedInTheOrderOfTheirClaim() {
        enqueue(
                job("plain-1"),
                job("low").priority(-2),
                job("high-1").priority(5),
                job("plain-2"),
                job("high-2").priority(5),
                job("front").atFront());

        List<String> order = listed(JobState.WAITING, 100);
        assertThat(order).containsExactly("high-1", "high-2", "front", "plain-1", "plain-2", "low");
        assertThat(listed(JobState.WAITING, 2)).isEqualTo(order);
        assertThat(claimedOrder()).isEqualTo(order);
    }

    @Test
    default void failedJobsAreListedNewestFirst() {
        WorkerSession worker = session();
        for (String id : List.of("first", "second", "third")) {
            Duration retention = id.equals("first") ? Duration.ofDays(9) : KEPT;
            settle(worker, new Settlement.Fail(claimNew(worker, id).token(), Ending.ERROR, retention));
            pass(Duration.ofSeconds(1));
        }

        assertThat(listed(JobState.FAILED, 100)).containsExactly("third", "second", "first");
        assertThat(listed(JobState.FAILED, 1)).containsExactly("third", "second", "first");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETE", "FAIL", "CANCEL"})
    default void everyEndedJobIsListedOnce(Ending ending) {
        WorkerSession worker = session();
        String[] ids = ids(25);
        enqueue(ids);
        exchange(worker, 0, claim(worker, 25).stream().map(ending::of).toArray(Settlement[]::new));
        JobState state = stateOf(ids[0]);

        assertThat(listed(state, 100)).containsExactlyInAnyOrder(ids);
        assertThat(listed(state, 10)).containsExactlyInAnyOrder(ids);
        assertThat(listed(state, 25)).containsExactlyInAnyOrder(ids);
    }

    @Test
    default void activeJobsOfAllSessionsAreListed() {
        String[] ids = ids(25);
        enqueue(ids);
        claim(session(), 10);
        claim(session(), 15);

        assertThat(listed(JobState.ACTIVE, 100)).containsExactlyInAnyOrder(ids);
        assertThat(listed(JobState.ACTIVE, 10)).containsExactlyInAnyOrder(ids);
    }

    @Test
    default void listedJobIsAsItIsFound() {
        WorkerSession worker = session();
        settle(worker, Ending.COMPLETE.of(claimNew(worker, "completed")));
        settle(worker, Ending.FAIL.of(claimNew(worker, "failed")));
        settle(worker, Ending.RETRY.of(claimNew(worker, "scheduled")));
        claimNew(worker, "active");
        enqueue(job("waiting").priority(2));

        for (JobState state :
                List.of(JobState.COMPLETED, JobState.FAILED, JobState.SCHEDULED, JobState.ACTIVE, JobState.WAITING)) {
            List<StoredJob> jobs =
                    store().ledger().list(queue(), state, null, 10).jobs();
            assertThat(jobs).as(state.name()).hasSize(1);
            assertThat(jobs.get(0))
                    .usingRecursiveComparison()
                    .isEqualTo(find(jobs.get(0).id()));
        }
    }

    @Test
    default void pageHoldsNoMoreThanItsLimit() {
        WorkerSession worker = session();
        enqueue(ids(40));
        List<Claim> claims = claim(worker, 30);
        for (int i = 0; i < 20; i++) {
            settle(worker, (i % 2 == 0 ? Ending.COMPLETE : Ending.CANCEL).of(claims.get(i)));
        }

        for (JobState state : List.of(JobState.WAITING, JobState.ACTIVE, JobState.COMPLETED, JobState.CANCELLED)) {
            assertThat(store().ledger().list(queue(), state, null, 3).jobs())
                    .as(state.name())
                    .hasSizeLessThanOrEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    default void emptyPageIsTheLast(JobState state) {
        assertThat(store().ledger().list(queue(), state, null, 10)).isEqualTo(new JobPage(List.of(), null));
        enqueue("a");
        jobs().cancel(queue(), "a", Duration.ZERO);

        assertThat(listed(state, 10)).isEmpty();
    }

    @Test
    default void jobPastItsRetentionIsNotListed() {
        WorkerSession worker = session();
        enqueue("over", "kept");
        Claim over = claimOne(worker);
        settle(worker, new Settlement.Fail(claimOne(worker).token(), Ending.ERROR, KEPT.multipliedBy(2)));
        settle(worker, Ending.FAIL.of(over));
        pass(KEPT);

        assertThat(listed(JobState.FAILED, 100)).containsExactly("kept");
        assertThat(listed(JobState.FAILED, 1)).containsExactly("kept");
    }

    @Test
    default void heldJobsAreListedAmongTheWaitingOnes() {
        operations().pause(queue(), "held");
        enqueue(job("held-1").type("held"), job("high").type("held").priority(2), job("a"), job("b"));
        assertThat(ids(claim(session(), 1))).containsExactly("a");

        assertThat(listed(JobState.WAITING, 100)).startsWith("b").containsExactlyInAnyOrder("b", "high", "held-1");
        assertThat(listed(JobState.WAITING, 1)).containsExactlyInAnyOrder("b", "high", "held-1");
    }

    @Test
    default void cancelledJobLeavesNoTraceInTheWaitingList() {
        enqueue("a", "b", "c");
        jobs().cancel(queue(), "b", KEPT);
        operations().remove(queue(), "a");

        assertThat(listed(JobState.WAITING, 1)).containsExactly("c");
    }

    @Test
    default void releasedJobIsListedOnceAtItsOldPlace() {
        WorkerSession worker = session();
        enqueue("a", "b", "c");
        settle(worker, Ending.RELEASE.of(claimOne(worker)));

        assertThat(listed(JobState.WAITING, 2)).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @EnumSource
    default void cursorOfNoListIsRefused(JobState state) {
        enqueue("a", "b");

        for (String cursor : List.of("", "x", "-1", "+1", " 1", "1 ", "1.5", "0x1", "S 1", "1 1 1 1", "9".repeat(30))) {
            assertThatThrownBy(() -> store().ledger().list(queue(), state, cursor, 10))
                    .as("cursor '" + cursor + "'")
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cursor '" + cursor + "'")
                    .hasMessageContaining("begin again without one");
        }
    }

    private List<Optional<JobState>> states(String... ids) {
        return store().ledger().states(queue(), List.of(ids));
    }

    private String[] ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> "job-" + i).toArray(String[]::new);
    }

    /** Reads all pages and returns the ids in order. */
    private List<String> listed(JobState state, int limit) {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            JobPage page = store().ledger().list(queue(), state, cursor, limit);
            page.jobs().forEach(job -> {
                assertThat(job.state()).isEqualTo(state);
                ids.add(job.id());
            });
            cursor = page.next();
            pages++;
            assertThat(pages).as("pages").isLessThan(ExchangeRequest.MOST);
        } while (cursor != null);
        return ids;
    }
}
