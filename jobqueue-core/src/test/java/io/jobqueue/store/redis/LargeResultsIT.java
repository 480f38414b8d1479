package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Enqueued.Status;
import io.jobqueue.JobQuery;
import io.jobqueue.JobRequest.IfFailed;
import io.jobqueue.JobState;
import io.jobqueue.store.Audit;
import io.jobqueue.store.AuditRequest;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobPage;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.PurgeRequest;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.Term;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** Maintenance looks at few jobs a call where their payloads and results are large, and at all of them in the end. */
class LargeResultsIT extends RedisStoreFixture {

    private static final int JOBS = 60;
    private static final int BYTES = 250_000;

    /** So many end in one call, and leave together. */
    private static final int TOGETHER = 20;

    /** What a call reads until it stops, and what it takes at once when it does not know better. */
    private static final int MOST_OF_A_CALL = (1024 * 1024 + 2 * 262_144) / BYTES + 1 + 4;

    /** A page takes several scans of results so large, a scan brings several of them. */
    private static final int SEVERAL_A_SCAN = 20_000;

    /** What a search reads until it stops, and the page with which it does. */
    private static final int MOST_OF_A_SEARCH = (4 + 1) * 1024 * 1024 + 2 * 262_144;

    /** Records of due jobs, of which the first so many are more than a call is to read. */
    private static final int READ_AT_ONCE = 16;

    @Test
    void purgeRemovesFewAtATimeAndAsksToBeCalledAgain() {
        complete(Duration.ofMillis(1));
        Term term = store.leaderLock().acquire(QUEUE, "me", HOUR).orElseThrow();
        awaitRetentionOver("job-" + (JOBS - 1));

        int calls = 0;
        int before = JOBS;
        while (before > 0) {
            int answer = store.transitions().purge(term, new PurgeRequest(ExchangeRequest.MOST));
            int left = kept();
            assertThat(answer).isIn(ExchangeRequest.MOST, before - left);
            assertThat(left == 0 || answer == ExchangeRequest.MOST)
                    .as("asks for another call while %s are left", left)
                    .isTrue();
            assertThat(before - left).isBetween(1, MOST_OF_A_CALL);
            before = left;
            calls++;
        }

        assertThat(calls).isGreaterThanOrEqualTo(JOBS / MOST_OF_A_CALL);
        assertThat(store.transitions().purge(term, new PurgeRequest(ExchangeRequest.MOST)))
                .isZero();
    }

    @Test
    void purgeOfTooManyRemovesFewAtATimeToo() {
        complete(HOUR);
        Term term = store.leaderLock().acquire(QUEUE, "me", HOUR).orElseThrow();
        PurgeRequest request = new PurgeRequest(ExchangeRequest.MOST, 10, null, null);

        int removed = 0;
        while (store.transitions().purge(term, request) > 0) {
            int now = JOBS - (int) store.ledger().counts(QUEUE).completed();
            assertThat(now - removed).isLessThanOrEqualTo(MOST_OF_A_CALL);
            removed = now;
        }

        assertThat(removed).isEqualTo(JOBS - 10);
    }

    @Test
    void cleanLooksAtFewAtATime() {
        complete(HOUR);

        int cleaned = store.operations().clean(QUEUE, JobState.COMPLETED, Duration.ZERO, JOBS);

        assertThat(cleaned).isEqualTo(JOBS);
        assertThat(server.calls("hscan")).isGreaterThanOrEqualTo(JOBS / MOST_OF_A_CALL);
    }

    @Test
    void auditLooksAtFewResultsACall() {
        complete(HOUR);

        assertThat(audit()).hasSizeGreaterThanOrEqualTo(JOBS / MOST_OF_A_CALL).noneMatch(Audit::found);
    }

    @Test
    void auditLooksAtFewPayloadsACall() {
        for (int i = 0; i < JOBS; i++) {
            store.transitions().enqueue(QUEUE, List.of(large("job-" + i, Duration.ZERO)));
        }

        assertThat(audit()).hasSizeGreaterThanOrEqualTo(JOBS / MOST_OF_A_CALL).noneMatch(Audit::found);
    }

    @Test
    void dueJobsComeFewACall() {
        Duration soon = Duration.ofMillis(1);
        for (int i = 0; i < JOBS; i++) {
            store.transitions().enqueue(QUEUE, List.of(large("job-" + i, soon)));
        }
        Term term = store.leaderLock().acquire(QUEUE, "me", HOUR).orElseThrow();

        int promoted = 0;
        while (promoted < JOBS) {
            int ofOneCall =
                    store.transitions().promote(term, ExchangeRequest.MOST).promoted();
            assertThat(ofOneCall).isLessThanOrEqualTo(READ_AT_ONCE);
            promoted += ofOneCall;
        }

        assertThat(store.ledger().counts(QUEUE).waiting()).isEqualTo(JOBS);
    }

    @Test
    void pagesOfFinishedJobsScanFewAtATime() {
        complete(HOUR);

        List<String> listed = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            JobPage page = store.ledger().list(QUEUE, JobState.COMPLETED, cursor, ExchangeRequest.MOST);
            assertThat(page.jobs()).hasSizeLessThanOrEqualTo(MOST_OF_A_CALL); // the last one may be empty
            page.jobs().forEach(job -> listed.add(job.id()));
            cursor = page.next();
            pages++;
        } while (cursor != null);

        assertThat(listed).hasSize(JOBS).doesNotHaveDuplicates();
        assertThat(pages).isGreaterThanOrEqualTo(JOBS / MOST_OF_A_CALL);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100})
    void searchesAndListsGoThroughAllWhateverTheLimit(int limit) {
        complete(HOUR, JOBS, SEVERAL_A_SCAN);

        assertThat(all((cursor) -> store.ledger().list(QUEUE, JobState.COMPLETED, cursor, limit)))
                .containsExactlyInAnyOrderElementsOf(ids());
        assertThat(all((cursor) -> store.ledger().search(QUEUE, JobQuery.all(), cursor, limit)))
                .containsExactlyInAnyOrderElementsOf(ids());
    }

    @Test
    void searchThatFindsNothingScansFewBytesACall() {
        complete(HOUR);
        JobQuery nothing = JobQuery.all().inState(JobState.COMPLETED).withIdPart("none");

        int pages = 0;
        String cursor = null;
        do {
            JobPage page = store.ledger().search(QUEUE, nothing, cursor, ExchangeRequest.MOST);
            assertThat(page.jobs()).isEmpty();
            cursor = page.next();
            pages++;
        } while (cursor != null);

        assertThat(pages).isGreaterThanOrEqualTo(JOBS * BYTES / MOST_OF_A_SEARCH);
    }

    /** A single result may be more than a search reads. */
    @Test
    void searchComesBehindAnyResult() {
        complete(HOUR, 2, 5 * 1024 * 1024);
        JobQuery nothing = JobQuery.all().inState(JobState.COMPLETED).withIdPart("none");

        Set<String> cursors = new HashSet<>();
        String cursor = null;
        do {
            cursor = store.ledger()
                    .search(QUEUE, nothing, cursor, ExchangeRequest.MOST)
                    .next();
            assertThat(cursor == null || cursors.add(cursor))
                    .as("comes to '%s' again", cursor)
                    .isTrue();
        } while (cursor != null);
    }

    private static List<String> all(Pages pages) {
        List<String> found = new ArrayList<>();
        String cursor = null;
        do {
            JobPage page = pages.behind(cursor);
            page.jobs().forEach(job -> found.add(job.id()));
            cursor = page.next();
        } while (cursor != null);
        return found;
    }

    private static List<String> ids() {
        return IntStream.range(0, JOBS).mapToObj(number -> "job-" + number).toList();
    }

    @Test
    void resultsOfJobsThatWereThereComeInParts() {
        complete(HOUR);
        List<NewJob> again = new ArrayList<>();
        ids().forEach(id -> again.add(job(id)));
        again.add(job("new"));
        WorkerSession session = session("s");

        assertInParts(() -> store.transitions().enqueue(QUEUE, again), Status.QUEUED);
        assertInParts(
                () -> store.transitions().enqueueAll(QUEUE, List.of(again.subList(0, 40), again.subList(40, JOBS + 1))),
                Status.DUPLICATE);
        assertInParts(() -> store.transitions().handOver(session, again).answers(), Status.DUPLICATE);
    }

    private void assertInParts(Supplier<List<EnqueueAnswer>> enqueue, Status last) {
        long before = server.calls("evalsha");

        List<EnqueueAnswer> answers = enqueue.get();

        assertThat(server.calls("evalsha") - before).isGreaterThanOrEqualTo(JOBS - 2 * MOST_OF_A_CALL);
        assertThat(answers).hasSize(JOBS + 1);
        for (int i = 0; i < JOBS; i++) {
            assertThat(answers.get(i).id()).isEqualTo("job-" + i);
            assertThat(answers.get(i).status()).isEqualTo(Status.COMPLETED);
            assertThat(answers.get(i).result()).hasSize(BYTES);
        }
        assertThat(answers.get(JOBS).id()).isEqualTo("new");
        assertThat(answers.get(JOBS).status()).isEqualTo(last);
    }

    private List<Audit> audit() {
        Term term = store.leaderLock().acquire(QUEUE, "me", HOUR).orElseThrow();
        List<Audit> audits = new ArrayList<>();
        Audit audit = Audit.SOUND;
        do {
            audit = store.transitions().audit(term, new AuditRequest(audit.next(), HOUR, HOUR));
            audits.add(audit);
        } while (audit.next() != null);
        return audits;
    }

    private static NewJob large(String id, Duration delay) {
        return new NewJob(
                id, new JobSpec("mail", new byte[BYTES], 0, JobOptions.NONE), IfFailed.KEEP, delay, null, null);
    }

    private int kept() {
        try (Jedis redis = server.commands()) {
            return (int) redis.hlen(new RedisKeys("jq").holding(QUEUE)[1]);
        }
    }

    private void complete(Duration retention) {
        complete(retention, JOBS, BYTES);
    }

    private void complete(Duration retention, int jobs, int bytes) {
        WorkerSession session = session("s");
        for (int i = 0; i < jobs; i++) {
            enqueue(store, "job-" + i);
        }
        for (int from = 0; from < jobs; from += TOGETHER) {
            exchange(
                    session,
                    claim(store, session, TOGETHER).stream()
                            .map(claim -> new Settlement.Complete(claim.token(), new byte[bytes], retention))
                            .toArray(Settlement[]::new));
        }
    }

    @FunctionalInterface
    private interface Pages {

        JobPage behind(@Nullable String cursor);
    }
}
