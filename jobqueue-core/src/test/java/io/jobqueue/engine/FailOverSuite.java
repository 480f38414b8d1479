package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Cancellation;
import io.jobqueue.Handler;
import io.jobqueue.JobEvent;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.redis.RedisConnection;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.testkit.Patience;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** What becomes of jobs and waits when another server takes the place of a master; a binding says how it is made to. */
abstract class FailOverSuite {

    static final String QUEUE = "mails";
    static final String TAG = "{jq:" + QUEUE + "}";

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration GOES_ON_WITHIN = Duration.ofSeconds(5);
    private static final int BACKLOG = 4_000;

    private final List<AutoCloseable> opened = new ArrayList<>();

    abstract RedisConnection connection();

    /** Returns who is in charge of the queue. */
    abstract RedisServer master();

    /** Returns those that may take its place. */
    abstract List<RedisServer> replicas();

    abstract RedisServer awaitMasterOtherThan(RedisServer former);

    /** Lets another take the place of the master while both live, and returns when all know. */
    abstract void replaceMaster();

    abstract void awaitHealth();

    @AfterEach
    void closeEngines() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        opened.clear();
    }

    @Test
    void killedMasterCostsNoJobThatItsReplicaHadAndWorkGoesOnByItself() throws InterruptedException {
        Map<String, Long> handled = new ConcurrentHashMap<>();
        CountDownLatch underWay = new CountDownLatch(BACKLOG / 10);
        JobEngine engine = engine(Duration.ofSeconds(4), (payload, job) -> {
            handled.putIfAbsent(job.id().value(), System.nanoTime());
            underWay.countDown();
            return null;
        });
        JobQueue queue = engine.jobQueue();
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < BACKLOG; i += 500) {
            enqueue(queue, i, 500, acknowledged);
        }
        engine.start();
        AtomicBoolean producing = new AtomicBoolean(true);
        Thread producer = new Thread(() -> {
            for (int next = BACKLOG; producing.get(); next++) {
                enqueue(queue, next, 1, acknowledged);
            }
        });
        producer.start();
        assertThat(underWay.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        RedisServer former = master();
        List<RedisServer> replicas = replicas();
        former.kill();
        Map<RedisServer, Set<String>> had = new HashMap<>();
        replicas.forEach(replica -> had.put(replica, jobsOf(replica)));
        Set<String> before = new HashSet<>(acknowledged); // nobody else acknowledges until the promotion
        RedisServer promoted = awaitMasterOtherThan(former);
        long promotedAt = System.nanoTime();
        AtomicLong goesOn = new AtomicLong();
        Patience.until("a job is handled after the promotion", PATIENCE, () -> {
            long first = handled.values().stream()
                    .filter(at -> at > promotedAt)
                    .mapToLong(at -> at)
                    .min()
                    .orElse(0);
            goesOn.set(first);
            return first > 0;
        });
        producing.set(false);
        producer.join();

        Set<String> lost = new HashSet<>(before);
        lost.removeAll(had.get(promoted));
        Set<String> owed = new HashSet<>(acknowledged);
        owed.removeAll(lost);
        Patience.until(
                "every job that was not lost is handled",
                PATIENCE,
                () -> handled.keySet().containsAll(owed));
        Patience.until("every job has ended", PATIENCE, () -> hasEnded(queue));
        lost.removeAll(handled.keySet());
        double seconds = (goesOn.get() - promotedAt) / 1e9;
        System.out.printf(
                "%s: %d jobs acknowledged, %d before the kill; %d lost because the replica lagged; "
                        + "first job %.2f s after the promotion%n",
                getClass().getSimpleName(), acknowledged.size(), before.size(), lost.size(), seconds);
        assertThat(Duration.ofNanos(goesOn.get() - promotedAt)).isLessThan(GOES_ON_WITHIN);

        former.startAgain();
        awaitHealth();
        enqueue(queue, 1_000_000, 10, owed);
        Patience.until(
                "jobs run on when the former master is back",
                PATIENCE,
                () -> handled.keySet().containsAll(owed));
    }

    @Test
    void waitsAndMessagesMoveWithTheMaster() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        JobEngine engine = engine(Duration.ofSeconds(90), (payload, job) -> {
            if (payload.equals("long")) {
                started.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            }
            return payload;
        });
        JobQueue queue = engine.jobQueue();
        BlockingQueue<JobEvent> heard = new LinkedBlockingQueue<>();
        queue.listen(QUEUE, heard::add);
        engine.start();
        queue.enqueue(request("long").id("long").build());
        assertThat(started.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(queue.enqueueAndWait(request("before").build(), String.class, PATIENCE))
                .isEqualTo("before");

        replaceMaster();

        Patience.until("a job goes through", PATIENCE, () -> answers(queue, "after"));
        heard.clear();
        long begun = System.nanoTime();
        for (int i = 0; i < 5; i++) {
            assertThat(answers(queue, "again-" + i)).isTrue();
        }
        assertThat(queue.cancel(JobId.of(QUEUE, "long"))).isEqualTo(Cancellation.REQUESTED);
        assertThat(interrupted.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(heard.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isNotNull();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
    }

    private static boolean answers(JobQueue queue, String payload) {
        try {
            return payload.equals(
                    queue.enqueueAndWait(request(payload).id(payload).build(), String.class, PATIENCE));
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    private Set<String> jobsOf(RedisServer replica) {
        try (Jedis redis = replica.commands()) {
            if (connection().usesCluster()) {
                redis.readonly();
            }
            return redis.hkeys(TAG + ":jobs");
        }
    }

    private static boolean hasEnded(JobQueue queue) {
        try {
            var counts = queue.counts(QUEUE);
            return counts.waiting() + counts.active() + counts.scheduled() == 0 && counts.failed() == 0;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    /** A job whose answer was lost is enqueued again: its id makes that harmless. */
    private static void enqueue(JobQueue queue, int from, int count, Set<String> acknowledged) {
        List<JobRequest> requests = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            requests.add(request("x").id("job-" + i).build());
        }
        Patience.until("jobs are acknowledged", PATIENCE, () -> {
            try {
                queue.enqueueAll(requests)
                        .forEach(job -> acknowledged.add(job.id().value()));
                return true;
            } catch (StoreUnavailableException e) {
                return false;
            }
        });
    }

    private JobEngine engine(Duration lease, Handler<String, String> handler) {
        RedisStore store = RedisStore.open(connection(), "jq");
        opened.add(store);
        JobEngine engine = JobEngine.builder(store)
                .handler(HandlerDefinition.of("mail", QUEUE, String.class, handler))
                .defaults(new QueueSettings(null, lease, JobSettings.NONE))
                .claimWait(Duration.ofSeconds(30))
                .shutdownTimeout(Duration.ofMillis(100))
                .build();
        opened.add(engine);
        return engine;
    }

    private static JobRequest.Builder request(String payload) {
        return JobRequest.of("mail", payload).queue(QUEUE);
    }
}
