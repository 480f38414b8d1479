package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Enqueued;
import io.jobqueue.Handler;
import io.jobqueue.JobCancelledException;
import io.jobqueue.JobRequest;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A Redis on which nobody can subscribe: every message of its channels is lost. All goes on, only later. */
class LostMessagesIT {

    private static final Duration LEASE = Duration.ofSeconds(6);
    private static final Duration RENEWAL = LEASE.dividedBy(3);

    /** Who waits for a result looks at it by itself: three seconds after the last look, plus up to 2.4 for the next turn. */
    private static final Duration LONGEST_LOOK = Duration.ofMillis(5_400);

    private static final Duration SLACK = Duration.ofSeconds(2);

    private static RedisServer server;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeAll
    static void start() {
        server = RedisServer.start("--save", "", "--appendonly", "no", "--rename-command", "SUBSCRIBE", "");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @Test
    void everyResultIsReadWithinOneLook() {
        JobEngine worker = engine((payload, job) -> payload + "!");
        JobEngine producer = engine((payload, job) -> null);
        worker.start();
        long called = System.nanoTime();

        List<CompletableFuture<String>> results = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            results.add(producer.jobQueue().enqueueForResult(request("r" + i), String.class, Duration.ofSeconds(60)));
        }

        for (int i = 0; i < results.size(); i++) {
            assertThat(results.get(i).orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo("r" + i + "!");
        }
        assertThat(since(called)).isLessThan(LONGEST_LOOK.plus(SLACK));
    }

    @Test
    void runningJobIsInterruptedWithinOneRenewalAndItsWaiterTold() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        JobEngine worker = engine((payload, job) -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return null;
        });
        JobEngine other = engine((payload, job) -> null);
        worker.start();
        Enqueued job = other.jobQueue().enqueue(request("x"));
        CompletableFuture<String> waiting = other.jobQueue()
                .enqueueForResult(
                        JobRequest.of("mail", "x")
                                .queue("mails")
                                .id(job.id().value())
                                .build(),
                        String.class,
                        Duration.ofSeconds(60));
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        long called = System.nanoTime();

        other.jobQueue().cancel(job.id());

        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(since(called)).isLessThan(RENEWAL.plus(SLACK));
        assertThatThrownBy(() -> waiting.orTimeout(30, TimeUnit.SECONDS).join())
                .hasCauseInstanceOf(JobCancelledException.class);
    }

    @Test
    void nothingIsLostOrStuck() throws InterruptedException {
        int jobs = 2_000;
        CountDownLatch done = new CountDownLatch(jobs);
        JobEngine worker = engine((payload, job) -> {
            done.countDown();
            return null;
        });
        JobEngine producer = engine((payload, job) -> null);
        worker.start();

        for (int i = 0; i < jobs; i += 200) {
            List<JobRequest> requests = new ArrayList<>();
            for (int k = 0; k < 200; k++) {
                requests.add(request("n" + k));
            }
            producer.jobQueue().enqueueAll(requests);
        }

        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private JobEngine engine(Handler<String, String> handler) {
        RedisStore store = RedisStore.open(server.connection(), "jq");
        opened.add(store);
        JobEngine engine = JobEngine.builder(store)
                .handler(HandlerDefinition.of("mail", "mails", String.class, handler))
                .defaults(new QueueSettings(null, LEASE, JobSettings.NONE))
                .shutdownTimeout(Duration.ofSeconds(1))
                .build();
        opened.add(engine);
        return engine;
    }

    private static JobRequest request(String payload) {
        return JobRequest.of("mail", payload).queue("mails").build();
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
