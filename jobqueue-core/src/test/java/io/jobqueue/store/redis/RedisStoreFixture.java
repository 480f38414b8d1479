package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobRequest.IfFailed;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.WorkerSession;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store on a real Redis that keeps everything, and what its tests do with it. */
abstract class RedisStoreFixture {

    static final Duration HOUR = Duration.ofHours(1);
    static final String QUEUE = "mails";

    RedisServer server;
    RedisStore store;

    @BeforeEach
    void open() {
        server = RedisServer.startDurable();
        store = RedisStore.open(server.connection(), "jq");
    }

    @AfterEach
    void close() {
        store.close();
        server.close();
    }

    void awaitRetentionOver(String id) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (store.ledger().find(QUEUE, id).isPresent()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    void exchange(WorkerSession session, Settlement... settlements) {
        assertThat(store.transitions()
                        .exchange(new ExchangeRequest(session, List.of(settlements), 0, Duration.ofMillis(1)))
                        .settled())
                .doesNotContain(false);
    }

    static void enqueue(RedisStore store, String id) {
        store.transitions().enqueue(QUEUE, List.of(job(id)));
    }

    static NewJob job(String id) {
        return new NewJob(
                id,
                new JobSpec("mail", "{}".getBytes(UTF_8), 0, JobOptions.NONE),
                IfFailed.KEEP,
                Duration.ZERO,
                null,
                null);
    }

    static List<Claim> claim(RedisStore store, WorkerSession session, int most) {
        return store.transitions()
                .exchange(new ExchangeRequest(session, List.of(), most, HOUR))
                .claims();
    }

    static WorkerSession session(String id) {
        return new WorkerSession(QUEUE, id, Duration.ofSeconds(30));
    }
}
