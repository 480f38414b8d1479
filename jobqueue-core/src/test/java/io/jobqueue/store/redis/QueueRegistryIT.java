package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Durability;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.NewJob;
import io.jobqueue.testkit.RedisCluster;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/** A cluster whose master of the names of the queues hangs, while that of a queue does not. */
@Timeout(60)
class QueueRegistryIT {

    private static final Duration COMMAND = Duration.ofMillis(500);

    private final AtomicLong nanos = new AtomicLong();
    private RedisCluster cluster;
    private RedisServer masterOfNames;
    private String queue;
    private RedisLines lines;
    private ConfirmedCalls confirmed;
    private RedisTransitions transitions;
    private RedisDurableEnqueue durable;

    @BeforeEach
    void start() {
        cluster = RedisCluster.startWithoutReplicas(2);
        cluster.masters().forEach(QueueRegistryIT::serveTheRest);
        masterOfNames = cluster.masterOf("jq:queues");
        queue = IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> "mails-" + number)
                .filter(name -> cluster.masterOf("{jq:" + name + "}") != masterOfNames)
                .findFirst()
                .orElseThrow();
        open();
    }

    private static void serveTheRest(RedisServer master) {
        try (Jedis redis = master.commands()) {
            redis.configSet("cluster-require-full-coverage", "no");
        }
    }

    private void open() {
        RedisConnection connection = RedisConnection.builder()
                .cluster(cluster.nodes().stream().map(Object::toString).toList())
                .commandTimeout(COMMAND)
                .build();
        RedisKeys keys = new RedisKeys("jq");
        RedisScripts scripts = new RedisScripts(RedisScript.texts(StoreClock.SERVER, true));
        lines = new RedisLines(connection, null);
        RedisFailures failures = lines.failures(keys);
        ScriptRunner runner = TestRunner.of(lines);
        QueueRegistry registry = new QueueRegistry(runner, keys, nanos::get);
        confirmed = new ConfirmedCalls(lines.confirmed(), lines.movePatience(), failures, lines.demotions());
        transitions = new RedisTransitions(runner, runner, scripts, keys, registry, false, false);
        durable = new RedisDurableEnqueue(
                confirmed, runner, scripts, keys, StoreClock.SERVER, registry, new Confirmations("here"));
    }

    @AfterEach
    void stop() {
        lines.close();
        masterOfNames.thaw();
        cluster.close();
    }

    private List<EnqueueAnswer> enqueue(String id) {
        return transitions.enqueue(queue, jobs(id));
    }

    private static List<NewJob> jobs(String id) {
        return List.of(RedisStoreFixture.job(id));
    }

    private void passTwoMinutes() {
        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
    }

    @Test
    void knownQueueTakesJobsWhileTheNamesCannotBeRefreshed() {
        enqueue("a");
        masterOfNames.freeze();
        passTwoMinutes();
        long begun = System.nanoTime();

        for (int i = 0; i < 20; i++) {
            assertThat(enqueue("job-" + i)).hasSize(1);
        }
        assertThat(durable.enqueue(queue, List.of(jobs("b")), Durability.NONE, COMMAND))
                .hasSize(1);

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("one of them waits for the master of the names, and not all")
                .isLessThan(COMMAND.multipliedBy(8));
    }

    @Test
    void namesAreRefreshedWhenTheirMasterIsBack() {
        enqueue("a");
        masterOfNames.freeze();
        passTwoMinutes();
        enqueue("b");
        masterOfNames.thaw();
        try (Jedis redis = masterOfNames.commands()) {
            redis.flushAll();
        }

        passTwoMinutes();
        enqueue("c");

        try (Jedis redis = masterOfNames.commands()) {
            assertThat(redis.smembers("jq:queues")).containsExactly(queue);
        }
    }

    @Test
    void queueThatCouldNotBeFoundIsRefusedForCertain() {
        masterOfNames.freeze();

        assertThatThrownBy(() -> enqueue("a"))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        e -> assertThat(e.outcome()).isEqualTo(Outcome.REFUSED))
                .hasMessageContaining("'" + queue + "': its name could not be added to 'jq:queues'")
                .hasMessageContaining("nothing was stored");
    }
}
