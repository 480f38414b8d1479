package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobQuery;
import io.jobqueue.JobRequest.IfFailed;
import io.jobqueue.JobState;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobPage;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.WorkerSession;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** No call makes the server send much more than its bound, however large the jobs are; bytes are counted by the server. */
class LargeJobsIT {

    private static final String QUEUE = "large";
    private static final int JOBS = 60;
    private static final int BYTES = 500_000;
    private static final int MOST_OF_A_PAGE = 4 * 1024 * 1024;

    /** What the answers say beside payloads, and what other connections are sent meanwhile. */
    private static final int BESIDE = 50_000;

    private RedisServer server;
    private RedisStore store;
    private Jedis redis;

    @BeforeEach
    void open() {
        server = RedisServer.start();
        store = RedisStore.open(server.connection(), "jq");
        redis = server.commands();
        for (int from = 0; from < JOBS; from += 10) {
            store.transitions()
                    .enqueue(
                            QUEUE,
                            IntStream.range(from, from + 10)
                                    .mapToObj(LargeJobsIT::job)
                                    .toList());
        }
    }

    @AfterEach
    void close() {
        redis.close();
        store.close();
        server.close();
    }

    @Test
    void claimsAreSentInParts() {
        assertThat(claimed(Set.of())).isEqualTo(ids());
    }

    @Test
    void claimsOfAWorkerThatChoosesAreSentInParts() {
        assertThat(claimed(Set.of("import"))).isEqualTo(ids());
    }

    @Test
    void listsAreSentInParts() {
        assertThat(read((cursor) -> store.ledger().list(QUEUE, JobState.WAITING, cursor, ExchangeRequest.MOST)))
                .isEqualTo(ids());
    }

    @Test
    void listsOfRunningJobsAreSentInParts() {
        claimed(Set.of());

        assertThat(read((cursor) -> store.ledger().list(QUEUE, JobState.ACTIVE, cursor, ExchangeRequest.MOST)))
                .containsExactlyInAnyOrderElementsOf(ids());
    }

    @Test
    void searchesAreSentInParts() {
        assertThat(read((cursor) -> store.ledger().search(QUEUE, JobQuery.all(), cursor, ExchangeRequest.MOST)))
                .isEqualTo(ids());
    }

    private List<String> claimed(Set<String> types) {
        WorkerSession session = new WorkerSession(QUEUE, "s", Duration.ofMinutes(5));
        List<String> claimed = new ArrayList<>();
        ExchangeAnswer answer;
        do {
            answer = sendingAtMost(
                    ExchangeRequest.MOST_BYTES,
                    () -> store.transitions()
                            .exchange(new ExchangeRequest(
                                    session, List.of(), ExchangeRequest.MOST, Duration.ofHours(1), types)));
            answer.claims().forEach(claim -> claimed.add(claim.token().jobId()));
        } while (answer.cutShort());
        return claimed;
    }

    private List<String> read(Reading reading) {
        List<String> read = new ArrayList<>();
        String cursor = null;
        do {
            String from = cursor;
            JobPage page = sendingAtMost(MOST_OF_A_PAGE, () -> reading.from(from));
            page.jobs().forEach(job -> read.add(job.id()));
            cursor = page.next();
        } while (cursor != null);
        return read;
    }

    /** The job that reaches the bound is sent too. */
    private <T> T sendingAtMost(long bytes, Supplier<T> call) {
        long before = sent();
        T answer = call.get();
        assertThat(sent() - before).isLessThan(bytes + BYTES + BESIDE);
        return answer;
    }

    private long sent() {
        return redis.info("stats")
                .lines()
                .filter(line -> line.startsWith("total_net_output_bytes:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .sum();
    }

    private static NewJob job(int number) {
        return new NewJob(
                "job-" + number,
                new JobSpec("import", new byte[BYTES], 0, JobOptions.NONE),
                IfFailed.KEEP,
                Duration.ZERO,
                null,
                null);
    }

    private static List<String> ids() {
        return IntStream.range(0, JOBS).mapToObj(number -> "job-" + number).toList();
    }

    @FunctionalInterface
    private interface Reading {

        JobPage from(@Nullable String cursor);
    }
}
