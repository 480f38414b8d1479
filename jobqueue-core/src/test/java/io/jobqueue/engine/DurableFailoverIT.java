package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Durability;
import io.jobqueue.EnqueueUnknownException;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.testkit.RedisServer;
import io.jobqueue.testkit.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/**
 * A master is killed again and again under its producers, and a replica that lags behind it takes its place: a queue that
 * asks for a replica keeps every job it has accepted, beside one that asks for nothing and does not.
 */
class DurableFailoverIT {

    private static final int FAIL_OVERS = Integer.getInteger("jobqueue.failovers", 20);
    private static final Duration LAG = Duration.ofMillis(15);
    private static final int ACCEPTED_BEFORE_THE_KILL = 60;
    private static final int SAFE_PRODUCERS = 8;
    private static final String SAFE = "safe";
    private static final String PLAIN = "plain";

    private final Set<String> safe = ConcurrentHashMap.newKeySet();
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private final Set<String> lostSafe = new HashSet<>();
    private int plain;
    private int lostPlain;
    private int repeated;

    @Test
    void acceptedJobsOutliveTheirMaster() throws InterruptedException {
        try (RedisServer one = RedisServer.start();
                RedisServer other = RedisServer.start()) {
            RedisServer master = one;
            RedisServer replica = other;
            for (int round = 0; round < FAIL_OVERS; round++) {
                failOver(round, master, replica);
                RedisServer promoted = replica;
                replica = master;
                master = promoted;
                replica.startAgain();
            }
            System.out.printf(
                    "%d fail-overs, replica %d ms behind: replica(1) lost %d of %d accepted jobs (%d had no clear answer"
                            + " and were repeated), none lost %d of %d%n",
                    FAIL_OVERS, LAG.toMillis(), lostSafe.size(), safe.size(), repeated, lostPlain, plain);
            assertThat(lostSafe).as("accepted jobs that are lost").isEmpty();
            assertThat(stored(master, SAFE)).containsAll(safe);
            assertThat(waiting(master))
                    .as("no job is stored twice")
                    .isEqualTo(stored(master, SAFE).size());
            assertThat(repeated).as("enqueues without a clear answer").isPositive();
            assertThat(lostPlain)
                    .as("loss without durability, or the test shows nothing")
                    .isPositive();
        }
    }

    private void failOver(int round, RedisServer master, RedisServer replica) throws InterruptedException {
        Set<String> plainOfRound = ConcurrentHashMap.newKeySet();
        try (TcpProxy link = TcpProxy.delaying(master.port(), LAG);
                RedisStore store = RedisStore.open(master.connection(), "jq");
                JobEngine engine = engine(store)) {
            replica.follow(link.port());
            repeatUnknown(engine.jobQueue());
            Semaphore accepted = new Semaphore(0);
            List<Thread> producers = new ArrayList<>();
            for (int i = 0; i < SAFE_PRODUCERS; i++) {
                String name = round + "-" + i + "-";
                producers.add(new Thread(() -> produce(engine.jobQueue(), SAFE, name, safe, accepted)));
            }
            producers.add(
                    new Thread(() -> produce(engine.jobQueue(), PLAIN, round + "-", plainOfRound, new Semaphore(0))));
            producers.forEach(Thread::start);
            assertThat(accepted.tryAcquire(ACCEPTED_BEFORE_THE_KILL, 60, TimeUnit.SECONDS))
                    .as("jobs accepted in round " + round)
                    .isTrue();
            master.kill();
            link.cut();
            for (Thread producer : producers) {
                producer.join();
            }
            replica.promote();
        }
        Set<String> kept = stored(replica, SAFE);
        safe.stream().filter(id -> !kept.contains(id)).forEach(lostSafe::add);
        plain += plainOfRound.size();
        plainOfRound.removeAll(stored(replica, PLAIN));
        lostPlain += plainOfRound.size();
    }

    private static JobEngine engine(RedisStore store) {
        return JobEngine.builder(store)
                .queue(
                        SAFE,
                        QueueSettings.NONE.withDurability(
                                new DurabilitySettings(Durability.replica(1), Duration.ofSeconds(20))))
                .build();
    }

    /** Enqueues until the master is gone. */
    private void produce(JobQueue jobs, String queue, String name, Set<String> accepted, Semaphore count) {
        for (int i = 0; ; i++) {
            String id = name + i;
            try {
                assertThat(jobs.enqueue(request(queue, id)).isNew()).isTrue();
                accepted.add(id);
                count.release();
            } catch (EnqueueUnknownException e) {
                if (queue.equals(SAFE)) {
                    assertThat(e.ids()).containsExactly(JobId.of(SAFE, id));
                    unknown.add(id);
                }
                return;
            } catch (StoreUnavailableException e) {
                return;
            }
        }
    }

    private void repeatUnknown(JobQueue jobs) {
        for (String id : unknown) {
            jobs.enqueue(request(SAFE, id));
            safe.add(id);
            repeated++;
        }
        unknown.clear();
    }

    private static JobRequest request(String queue, String id) {
        return JobRequest.of("type", "payload").queue(queue).id(id).build();
    }

    private static Set<String> stored(RedisServer server, String queue) {
        try (Jedis redis = server.commands()) {
            return redis.hkeys("{jq:" + queue + "}:jobs");
        }
    }

    private static long waiting(RedisServer server) {
        try (RedisStore store = RedisStore.open(server.connection(), "jq")) {
            return store.ledger().counts(SAFE).waiting();
        }
    }
}
