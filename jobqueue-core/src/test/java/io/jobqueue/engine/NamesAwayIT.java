package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobRequest;
import io.jobqueue.store.redis.RedisConnection;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.testkit.Patience;
import io.jobqueue.testkit.RedisCluster;
import io.jobqueue.testkit.RedisServer;
import io.jobqueue.testkit.TestedProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** A process that starts while the master of the names of the queues hangs, and the others of the cluster do not. */
class NamesAwayIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration COMMAND = Duration.ofMillis(500);

    private final RedisCluster cluster = RedisCluster.startWithoutReplicas(3);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();
    private final RedisServer masterOfNames = cluster.masterOf("jq:queues");
    private final String queue = IntStream.iterate(0, number -> number + 1)
            .mapToObj(number -> "mails-" + number)
            .filter(name -> cluster.masterOf("{jq:" + name + "}") != masterOfNames)
            .findFirst()
            .orElseThrow();

    @BeforeEach
    void serveTheRest() {
        for (RedisServer master : cluster.masters()) {
            try (Jedis redis = master.commands()) {
                redis.configSet("cluster-require-full-coverage", "no");
            }
        }
    }

    @AfterEach
    void close() throws Exception {
        masterOfNames.thaw();
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        cluster.close();
    }

    @Test
    void queueOfAnotherMasterIsWorkedOn() {
        engine(1).jobQueue().enqueueAll(requests("job", 200));
        masterOfNames.freeze();

        engine(1).start();

        Patience.until("all jobs have run", PATIENCE, () -> handled.size() == 200);
        assertThat(handled).doesNotHaveDuplicates();
    }

    @Test
    void partitionsAreWorkedOnWhenTheNamesAreBack() {
        engine(3).jobQueue().enqueueAll(requests("job", 200));
        masterOfNames.freeze();
        try (LogLines log = new LogLines()) {
            engine(3).start();
            Patience.until(
                    "it is told why nothing is claimed",
                    PATIENCE,
                    () -> log.messages().stream().anyMatch(line -> line.contains("the store does not answer")));
            assertThat(handled).isEmpty();

            masterOfNames.thaw();

            Patience.until("all jobs have run", PATIENCE, () -> handled.size() == 200);
        }
    }

    private JobEngine engine(int partitions) {
        RedisStore store = RedisStore.open(
                RedisConnection.builder()
                        .cluster(cluster.nodes().stream().map(Object::toString).toList())
                        .commandTimeout(COMMAND)
                        .customize(TestedProtocol::choose)
                        .build(),
                "jq");
        opened.add(store);
        JobEngine engine = JobEngine.builder(store)
                .queue(queue, QueueSettings.NONE.withPartitions(partitions))
                .handler(HandlerDefinition.of(
                        "mail",
                        queue,
                        Object.class,
                        (payload, job) -> handled.add(job.id().value())))
                .claimWait(Duration.ofMillis(200))
                .shutdownTimeout(Duration.ofSeconds(1))
                .build();
        opened.add(engine);
        return engine;
    }

    private List<JobRequest> requests(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> JobRequest.of("mail", "x")
                        .queue(queue)
                        .id(name + "-" + i)
                        .build())
                .toList();
    }
}
