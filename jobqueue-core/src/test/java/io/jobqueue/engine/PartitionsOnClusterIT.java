package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Handler;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.QueueCounts;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.Partition;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.testkit.Patience;
import io.jobqueue.testkit.RedisCluster;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One queue in six partitions on three masters. */
class PartitionsOnClusterIT {

    private static final String QUEUE = "mails";
    private static final int PARTITIONS = 6;
    private static final int MANY = 3_000;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration GOES_ON_WITHIN = Duration.ofSeconds(5);

    private final RedisCluster cluster = RedisCluster.start();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Map<String, Long> handled = new ConcurrentHashMap<>();

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        cluster.close();
    }

    @Test
    void oneQueueUsesAllMastersAlike() {
        JobEngine engine = engine((payload, job) -> handled.put(job.id().value(), System.nanoTime()));
        Map<Integer, Long> before = cluster.calls("evalsha");

        engine.jobQueue().enqueueAll(requests("job", MANY));
        engine.start();

        Patience.until("all jobs have run", PATIENCE, () -> completed(engine.jobQueue()) == MANY);
        Map<Integer, Long> calls = new TreeMap<>(cluster.calls("evalsha"));
        cluster.masters()
                .forEach(master -> calls.merge(master.port(), -before.getOrDefault(master.port(), 0L), Long::sum));
        Set<Integer> masters = cluster.masters().stream().map(RedisServer::port).collect(Collectors.toSet());
        calls.keySet().retainAll(masters);
        System.out.printf(
                "%s: %d jobs of one queue in %d partitions; script calls per master %s%n",
                getClass().getSimpleName(), MANY, PARTITIONS, calls);
        long all = calls.values().stream().mapToLong(Long::longValue).sum();
        assertThat(handled).hasSize(MANY);
        assertThat(calls).hasSize(3);
        assertThat(calls.values()).allSatisfy(ofMaster -> assertThat(ofMaster).isGreaterThan(all / 6));
    }

    @Test
    void killedMasterHoldsUpItsPartitionsAloneAndLosesNoJobThatItsReplicaHas() {
        Semaphore permits = new Semaphore(MANY / 10);
        JobEngine engine = engine((payload, job) -> {
            permits.acquire();
            return handled.put(job.id().value(), System.nanoTime());
        });
        engine.jobQueue().enqueueAll(requests("job", MANY));
        cluster.awaitHealth();
        engine.start();
        Patience.until("a tenth has run", PATIENCE, () -> handled.size() >= MANY / 10);
        RedisServer former = cluster.masters().get(0);
        RedisServer replica = cluster.replicaOf(former);
        Patience.until("the replica has all", PATIENCE, replica::isReplicaInSync);

        former.kill();
        permits.release(10 * MANY);
        Patience.until(
                "the other partitions are worked off",
                PATIENCE,
                () -> missing().stream().allMatch(PartitionsOnClusterIT::isOnFirstMaster));
        boolean promoted = cluster.masters().contains(replica);
        Patience.until(
                "the replica is a master", PATIENCE, () -> cluster.masters().contains(replica));
        long promotedAt = System.nanoTime();
        Set<String> missing = missing();
        Patience.until("every job has run", PATIENCE, () -> handled.size() == MANY);
        long goesOn = missing.stream().mapToLong(handled::get).min().orElse(promotedAt);

        System.out.printf(
                "%s: the other partitions were worked off %s the promotion; %d jobs had not run then, "
                        + "the first of them ran %.2f s and the last %.2f s after it%n",
                getClass().getSimpleName(),
                promoted ? "about at" : "before",
                missing.size(),
                (goesOn - promotedAt) / 1e9,
                (System.nanoTime() - promotedAt) / 1e9);
        assertThat(missing).isNotEmpty();
        assertThat(Duration.ofNanos(goesOn - promotedAt)).isLessThan(GOES_ON_WITHIN);
        Patience.until("every job is settled", PATIENCE, () -> completed(engine.jobQueue()) == MANY);
    }

    /** The first master has the first third of the slots. */
    private static boolean isOnFirstMaster(String id) {
        return Partition.numberFor(id, PARTITIONS) <= PARTITIONS / 3;
    }

    private Set<String> missing() {
        Set<String> missing = IntStream.range(0, MANY).mapToObj(i -> "job-" + i).collect(Collectors.toSet());
        missing.removeAll(handled.keySet());
        return missing;
    }

    /** Returns how many have completed; less than none while a master does not answer. */
    private static long completed(JobQueue queue) {
        try {
            QueueCounts counts = queue.counts(QUEUE);
            return counts.completed();
        } catch (StoreUnavailableException e) {
            return -1;
        }
    }

    private JobEngine engine(Handler<Object, ?> handler) {
        RedisStore store = RedisStore.open(cluster.connection(), "jq");
        opened.add(store);
        JobEngine engine = JobEngine.builder(store)
                .handler(HandlerDefinition.of("mail", QUEUE, Object.class, handler))
                .queue(QUEUE, new QueueSettings(30, Duration.ofSeconds(4), JobSettings.NONE).withPartitions(PARTITIONS))
                .claimWait(Duration.ofSeconds(1))
                .shutdownTimeout(Duration.ofSeconds(1))
                .build();
        opened.add(engine);
        return engine;
    }

    private static List<JobRequest> requests(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> JobRequest.of("mail", "x")
                        .queue(QUEUE)
                        .id(name + "-" + i)
                        .build())
                .toList();
    }
}
