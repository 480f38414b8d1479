package io.jobqueue.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobqueue.JobEvent;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.engine.JobSettings;
import io.jobqueue.engine.QueueSettings;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.testkit.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged sample is told to end while it runs one job that ends in time, and one that does not. */
class SampleTerminationIT {

    private static final int BY_SIGTERM = 143;
    private static final String QUEUE = "parcels";
    private static final Duration RUN = Duration.ofSeconds(4);
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Set<JobEvent.Kind> RUNS =
            Set.of(JobEvent.Kind.STARTED, JobEvent.Kind.COMPLETED, JobEvent.Kind.RELEASED, JobEvent.Kind.RETRIED);

    @TempDir
    Path directory;

    private final RedisServer redis = RedisServer.startDurable();
    private final RedisStore store = RedisStore.open(redis.connection(), "jq");
    private final BlockingQueue<String> ranElsewhere = new LinkedBlockingQueue<>();
    private final List<String> happened = new CopyOnWriteArrayList<>();
    private JobEngine elsewhere;
    private SampleProcess sample;

    @BeforeEach
    void start() {
        elsewhere = JobEngine.builder(store)
                .defaults(new QueueSettings(1, LEASE, JobSettings.NONE))
                .handler(HandlerDefinition.of("parcel-check", QUEUE, Map.class, (payload, context) -> {
                    ranElsewhere.add(context.id().value() + ", attempt " + context.attempt());
                    return "found";
                }))
                .build();
        jobs().listen(QUEUE, event -> {
            if (RUNS.contains(event.kind())) {
                happened.add(event.id().value() + " " + event.kind());
            }
        });
        sample = SampleProcess.start(
                directory,
                "--spring.profiles.active=redis",
                "--jobqueue.store.redis.url=" + redis.url(),
                "--jobqueue.defaults.lease=" + LEASE.toSeconds() + "s",
                "--jobqueue.worker.shutdown-timeout=" + SHUTDOWN_TIMEOUT.toSeconds() + "s",
                "--jobqueue.queues.parcels.concurrency=2",
                "--sample.carrier-delay=" + RUN.toSeconds() + "s",
                "--management.endpoint.health.probes.enabled=true");
    }

    @AfterEach
    void stop() {
        sample.close();
        elsewhere.close();
        store.close();
        redis.close();
    }

    @Test
    void runningJobsHaveTheirTimeAndWhatIsLeftGoesOnElsewhereAtOnce() throws InterruptedException {
        SampleClient client = sample.client();
        enqueue("early", Duration.ZERO);
        awaitActive("early");
        enqueue("late", RUN.dividedBy(2));
        awaitActive("late");
        enqueue("waiting", Duration.ZERO);

        sample.terminate();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> client.get("/actuator/health/readiness").status() == 503);
        assertThat(client.post("/parcels?count=1").status()).isEqualTo(202);
        assertThat(sample.log()).doesNotContain("Commencing graceful shutdown");

        assertThat(sample.awaitExit()).isEqualTo(BY_SIGTERM);
        assertThat(sample.log()).contains("Commencing graceful shutdown").doesNotContain(" ERROR ");
        assertThat(job("early")).returns(JobState.COMPLETED, JobSnapshot::state).returns(1, JobSnapshot::attempts);
        for (String id : List.of("late", "waiting")) {
            assertThat(job(id)).returns(JobState.WAITING, JobSnapshot::state).returns(0, JobSnapshot::attempts);
        }
        assertThat(jobs().counts(QUEUE)).returns(3L, counts -> counts.waiting()).returns(0L, counts -> counts.active());
        assertThat(jobs().workers(QUEUE)).isEmpty();

        await().until(() -> happened.contains("late RELEASED"));
        assertThat(happened).containsExactly("early STARTED", "late STARTED", "early COMPLETED", "late RELEASED");

        elsewhere.start();
        assertThat(ranElsewhere.poll(10, TimeUnit.SECONDS)).isEqualTo("late, attempt 1");
        assertThat(ranElsewhere.poll(10, TimeUnit.SECONDS)).isEqualTo("waiting, attempt 1");
    }

    private JobQueue jobs() {
        return elsewhere.jobQueue();
    }

    private void enqueue(String id, Duration delay) {
        jobs().enqueue(JobRequest.of("parcel-check", Map.of("number", id))
                .queue(QUEUE)
                .id(id)
                .delay(delay)
                .build());
    }

    private void awaitActive(String id) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> job(id).state() == JobState.ACTIVE);
    }

    private JobSnapshot job(String id) {
        return jobs().find(JobId.of(QUEUE, id)).orElseThrow();
    }
}
