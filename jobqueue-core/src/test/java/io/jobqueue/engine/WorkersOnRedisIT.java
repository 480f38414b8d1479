package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jobqueue.Attempt;
import io.jobqueue.Attempt.End;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.LiveWorker;
import io.jobqueue.LiveWorker.HeldJob;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.WorkerSession;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Engines that share nothing but a real Redis see and hold back each other's workers. */
class WorkersOnRedisIT {

    private static final String QUEUE = "mails";
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final Duration LEASE = Duration.ofMillis(500);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private RedisServer server;

    @BeforeEach
    void start() {
        server = RedisServer.start();
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        server.close();
    }

    @Test
    void workerThatRunsIsPausedAndResumedFromElsewhere() {
        JobEngine blue = engine("blue");
        JobEngine green = engine("green");
        blue.start();
        green.start();
        JobQueue jobs = green.jobQueue();
        await(() -> jobs.workers(QUEUE).size() == 2);

        jobs.queue(QUEUE).pauseWorker("blue");

        for (int i = 0; i < 100; i++) {
            assertThat(jobs.enqueueAndWait(request("first-" + i), String.class, BOUND))
                    .isEqualTo("green");
        }
        jobs.queue(QUEUE).pauseWorker("green");
        jobs.enqueue(request("last"));
        jobs.queue(QUEUE).resumeWorker("blue");
        assertThat(jobs.enqueueAndWait(request("last"), String.class, BOUND)).isEqualTo("blue");
    }

    @Test
    void killedWorkerLeavesTheDirectoryWithItsLeaseAndItsNameInTheHistory() {
        RedisStore store = store();
        JobEngine green = engine("green");
        JobQueue jobs = green.jobQueue();
        jobs.enqueue(request("a"));
        WorkerSession lost = new WorkerSession(QUEUE, "s", "lost", LEASE);
        store.transitions().exchange(new ExchangeRequest(lost, List.of(), 1, BOUND));
        assertThat(jobs.workers(QUEUE)).singleElement().satisfies(worker -> {
            assertThat(worker.name()).isEqualTo("lost");
            assertThat(worker.jobs()).extracting(HeldJob::id).containsExactly("a");
        });

        green.start();

        await(() -> jobs.workers(QUEUE).stream().map(LiveWorker::name).toList().equals(List.of("green")));
        assertThat(jobs.enqueueAndWait(request("a"), String.class, BOUND)).isEqualTo("green");
        assertThat(jobs.history(JobId.of(QUEUE, "a")))
                .extracting(Attempt::worker, Attempt::end)
                .containsExactly(tuple("lost", End.CRASHED), tuple("green", End.COMPLETED));
    }

    @Test
    void stoppedWorkerIsGoneAtOnce() {
        JobEngine blue = engine("blue");
        blue.start();
        await(() -> blue.jobQueue().workers(QUEUE).size() == 1);

        blue.stop();

        assertThat(blue.jobQueue().workers(QUEUE)).isEmpty();
    }

    private JobEngine engine(String name) {
        JobEngine engine = JobEngine.builder(store())
                .handler(HandlerDefinition.of("mail", QUEUE, String.class, (payload, job) -> name))
                .defaults(new QueueSettings(2, LEASE, JobSettings.NONE))
                .workerName(name)
                .shutdownTimeout(Duration.ofSeconds(1))
                .claimWait(Duration.ofSeconds(1))
                .build();
        opened.add(engine);
        return engine;
    }

    private RedisStore store() {
        RedisStore store = RedisStore.open(server.connection(), "jq");
        opened.add(store);
        return store;
    }

    private static JobRequest request(String id) {
        return JobRequest.of("mail", "x").queue(QUEUE).id(id).build();
    }

    private static void await(BooleanSupplier reached) {
        assertThat(new Patience(System::nanoTime).await(BOUND, reached)).isTrue();
    }
}
