package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.JobError;
import io.jobqueue.JobQuery;
import io.jobqueue.JobState;
import io.jobqueue.store.Claim;
import io.jobqueue.store.JobPage;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a search finds, page by page. */
public interface SearchContract extends StoreFixture {

    private List<String> found(JobQuery query) {
        return found(query, 100);
    }

    private List<String> found(JobQuery query, int limit) {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            JobPage page = store().ledger().search(queue(), query, cursor, limit);
            assertThat(page.jobs()).hasSizeLessThanOrEqualTo(limit);
            page.jobs().stream().map(StoredJob::id).forEach(ids::add);
            cursor = page.next();
            assertThat(++pages).as("pages of one search").isLessThan(10_000);
        } while (cursor != null);
        return ids.stream().sorted().toList();
    }

    /** One job in every state, of types a and b by turns. */
    private void fill() {
        WorkerSession session = session();
        Claim completed = claimNew(session, "state-completed");
        Claim failed = claimNew(session, "state-failed");
        exchange(
                session,
                0,
                new Settlement.Complete(completed.token(), null, KEPT),
                new Settlement.Fail(failed.token(), new JobError("E", "m", ""), KEPT));
        claimNew(session, "state-active");
        enqueue(
                job("state-waiting").type("other"),
                job("state-urgent").type("other").priority(5),
                job("state-scheduled").delay(Duration.ofMinutes(1)),
                job("state-cancelled"));
        jobs().cancel(queue(), "state-cancelled", KEPT);
    }

    @Test
    default void searchWithoutWishesFindsEveryJobOnce() {
        fill();

        assertThat(found(JobQuery.all()))
                .containsExactly(
                        "state-active",
                        "state-cancelled",
                        "state-completed",
                        "state-failed",
                        "state-scheduled",
                        "state-urgent",
                        "state-waiting");
        assertThat(found(JobQuery.all(), 1)).hasSize(7);
    }

    @Test
    default void searchOfAnUnusedQueueFindsNothing() {
        assertThat(found(JobQuery.all())).isEmpty();
    }

    @Test
    default void searchByStateFindsWhatIsInIt() {
        fill();

        assertThat(found(JobQuery.all().inState(JobState.ACTIVE))).containsExactly("state-active");
        assertThat(found(JobQuery.all().inState(JobState.WAITING))).containsExactly("state-urgent", "state-waiting");
        assertThat(found(JobQuery.all().inState(JobState.SCHEDULED))).containsExactly("state-scheduled");
        assertThat(found(JobQuery.all().inState(JobState.COMPLETED))).containsExactly("state-completed");
        assertThat(found(JobQuery.all().inState(JobState.FAILED))).containsExactly("state-failed");
        assertThat(found(JobQuery.all().inState(JobState.CANCELLED))).containsExactly("state-cancelled");
    }

    @Test
    default void searchByTypeAndStateFindsWhatFulfilsBoth() {
        fill();

        assertThat(found(JobQuery.all().ofType("other"))).containsExactly("state-urgent", "state-waiting");
        assertThat(found(JobQuery.all().ofType("other").inState(JobState.FAILED)))
                .isEmpty();
        assertThat(found(JobQuery.all().ofType("oth"))).isEmpty();
    }

    @Test
    default void searchByIdTakesEveryCharacterAsItIs() {
        enqueue("order:1", "order:12", "an order:1", "order.1", "%a", "[a", "größe-ä");

        assertThat(found(JobQuery.all().withIdPrefix("order:1"))).containsExactly("order:1", "order:12");
        assertThat(found(JobQuery.all().withIdPart("order:1"))).containsExactly("an order:1", "order:1", "order:12");
        assertThat(found(JobQuery.all().withIdPart("r.1"))).containsExactly("order.1");
        assertThat(found(JobQuery.all().withIdPart("%a"))).containsExactly("%a");
        assertThat(found(JobQuery.all().withIdPrefix("["))).containsExactly("[a");
        assertThat(found(JobQuery.all().withIdPart("ö"))).containsExactly("größe-ä");
        assertThat(found(JobQuery.all().withIdPrefix("an").withIdPart("2"))).isEmpty();
    }

    @Test
    default void searchByAttributesFindsWhatHasThemAll() {
        WorkerSession session = session();
        note(session, "a", Map.of("customer", 7L, "country", "de"));
        note(session, "b", Map.of("customer", 7L, "country", "fr", "late", true));
        note(session, "c", Map.of("customer", "7"));
        enqueue("d");

        assertThat(found(JobQuery.all().withAttribute("customer", 7))).containsExactly("a", "b");
        assertThat(found(JobQuery.all().withAttribute("customer", 7).withAttribute("country", "fr")))
                .containsExactly("b");
        assertThat(found(JobQuery.all().withAttribute("customer", "7"))).containsExactly("c");
        assertThat(found(JobQuery.all().withAttribute("late", false))).isEmpty();
    }

    private void note(WorkerSession session, String id, Map<String, @Nullable Object> attributes) {
        Claim claim = claimNew(session, id);
        store().notes().attributes(session, claim.token(), attributes);
    }

    @Test
    default void searchThroughManyJobsGoesOnFromPageToPage() {
        for (int from = 0; from < 2_500; from += 100) {
            enqueue(IntStream.range(from, from + 100)
                    .mapToObj(i -> job("job-" + i).type(i % 1_000 == 7 ? "rare" : "common"))
                    .toArray(JobDraft[]::new));
        }

        JobPage first = store().ledger().search(queue(), JobQuery.all().ofType("rare"), null, 100);

        assertThat(first.jobs()).hasSizeLessThan(3);
        assertThat(first.next()).isNotNull();
        assertThat(found(JobQuery.all().ofType("rare"))).containsExactly("job-1007", "job-2007", "job-7");
        assertThat(found(JobQuery.all().withIdPrefix("job-24"), 7)).hasSize(111);
    }

    @Test
    default void searchPassesOverEndedJobsPastTheirRetention() {
        enqueue("a");
        jobs().cancel(queue(), "a", Duration.ofSeconds(5));
        pass(Duration.ofSeconds(5));

        assertThat(found(JobQuery.all())).isEmpty();
    }

    @Test
    default void searchDoesNotFindAnEarlierLifeOfAJob() {
        enqueue("a");
        jobs().cancel(queue(), "a", KEPT);
        enqueue(job("a").priority(3));

        assertThat(found(JobQuery.all())).containsExactly("a");
    }

    @Test
    default void cursorOfNoSearchIsRefused() {
        enqueue("a", "b");

        for (JobQuery query : List.of(JobQuery.all(), JobQuery.all().inState(JobState.WAITING))) {
            for (String cursor : List.of("", "x", "-1", "+1", " 1", "Q 1", "S", "S x", "W 1 1", "9".repeat(30))) {
                assertThatThrownBy(() -> store().ledger().search(queue(), query, cursor, 10))
                        .as("cursor '" + cursor + "'")
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("cursor '" + cursor + "'")
                        .hasMessageContaining("begin again without one");
            }
        }
    }
}
