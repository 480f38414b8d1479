package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Enqueued;
import io.jobqueue.Enqueued.Status;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.testkit.RedisCluster;
import io.jobqueue.testkit.RedisServer;
import io.jobqueue.testkit.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;

/** The application's own client for a cluster makes a call again that had no answer, although it was carried out. */
class RepeatingClientIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String QUEUE = "mails";

    private static RedisCluster cluster;

    private RedisServer server;
    private TcpProxy line;
    private RedisClusterClient client;
    private RedisStore store;
    private JobEngine engine;
    private JobQueue jobs;

    @BeforeAll
    static void start() {
        cluster = RedisCluster.startWithoutReplicas(1);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void open() {
        server = cluster.masters().get(0);
        line = TcpProxy.to(server.port());
        HostAndPort through = new HostAndPort("127.0.0.1", line.port());
        client = RedisClusterClient.builder()
                .nodes(Set.of(through))
                .clientConfig(DefaultJedisClientConfig.builder()
                        .hostAndPortMapper(any -> through)
                        .build())
                .build();
        store = RedisStore.open(client, cluster.connection(), "jq");
        engine = JobEngine.builder(store)
                .handler(HandlerDefinition.of("mail", QUEUE, String.class, (payload, job) -> payload))
                .build();
        jobs = engine.jobQueue();
        jobs.enqueue(mail().build());
        jobs.queue(QUEUE).drain(); // from here on an enqueue is one call
    }

    @AfterEach
    void close() {
        engine.close();
        store.close();
        client.close();
        line.close();
    }

    private static JobRequest.Builder mail() {
        return JobRequest.of("mail", "text").queue(QUEUE);
    }

    /** Makes a call whose first answer is lost. */
    private <T> T repeated(Function<JobQueue, T> call) {
        long before = server.calls("evalsha");
        line.loseNextAnswer();
        T answer = call.apply(jobs);
        assertThat(server.calls("evalsha")).as("the call was repeated").isGreaterThanOrEqualTo(before + 2);
        return answer;
    }

    @Test
    void enqueueThatWasMadeTwiceStoresOneJob() {
        Enqueued enqueued = repeated(queue -> queue.enqueue(mail().build()));

        assertThat(enqueued.status()).isEqualTo(Status.QUEUED);
        assertThat(jobs.find(enqueued.id())).isPresent();
        assertThat(jobs.counts(QUEUE).waiting()).isOne();
    }

    @Test
    void enqueueOfManyThatWasMadeTwiceSaysThatAllAreStored() {
        List<Enqueued> enqueued = repeated(queue ->
                queue.enqueueAll(List.of(mail().build(), mail().id("given").build())));

        assertThat(enqueued).extracting(Enqueued::status).containsExactly(Status.QUEUED, Status.DUPLICATE);
        assertThat(jobs.counts(QUEUE).waiting()).isEqualTo(2);
    }

    @Test
    void enqueueThatWasMadeTwiceIsWaitedForOnce() throws Exception {
        CompletableFuture<String> result =
                repeated(queue -> queue.enqueueForResult(mail().build(), String.class, PATIENCE));
        assertThat(jobs.counts(QUEUE).waiting()).isOne();

        engine.start();

        assertThat(result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("text");
        assertThat(jobs.counts(QUEUE).completed()).isOne();
    }
}
