package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Cancellation;
import io.jobqueue.Enqueued.Status;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.WorkerSession;
import io.jobqueue.testkit.Patience;
import io.jobqueue.testkit.RedisCluster;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClusterClient;

/** Where the calls of a store go in a cluster, and what becomes of those that do not arrive. */
class ClusterCallsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static RedisCluster cluster;

    private final String queue = "calls-" + UUID.randomUUID();
    private final String tag = "{jq:" + queue + "}";
    private RedisStore store;
    private int answered;

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void open() {
        store = RedisStore.open(cluster.connection(), "jq");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Status enqueue(RedisStore store, String id) {
        List<EnqueueAnswer> answers = store.transitions().enqueue(queue, List.of(RedisStoreFixture.job(id)));
        return answers.get(0).status();
    }

    private WorkerSession session() {
        return new WorkerSession(queue, "session", Duration.ofSeconds(30));
    }

    private static long all(Map<Integer, Long> calls) {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void queuesSpreadOverAllMasters() {
        Map<Integer, Long> before = cluster.calls("evalsha");

        IntStream.range(0, 60)
                .forEach(number -> store.transitions().enqueue(queue + number, List.of(RedisStoreFixture.job("a"))));

        Map<Integer, Long> after = cluster.calls("evalsha");
        assertThat(cluster.masters())
                .hasSize(3)
                .allSatisfy(master -> assertThat(after.get(master.port())).isGreaterThan(before.get(master.port())));
        assertThat(store.ledger().queues()).hasSizeGreaterThanOrEqualTo(60);
    }

    @Test
    void callsFollowASlotThatHasMoved() {
        enqueue(store, "a");
        cluster.moveSlot(tag);

        assertThat(enqueue(store, "b")).isEqualTo(Status.QUEUED);
        assertThat(enqueue(store, "a")).isEqualTo(Status.DUPLICATE);
        assertThat(store.ledger().counts(queue).waiting()).isEqualTo(2);
    }

    @Test
    void callsFollowAFailOverThatTheMasterSurvives() {
        enqueue(store, "a");
        cluster.failOver(tag);

        assertThat(enqueue(store, "b")).isEqualTo(Status.QUEUED);
        assertThat(store.ledger().counts(queue).waiting()).isEqualTo(2);
    }

    @Test
    void slotOnTheMoveRefusesForCertainAndLosesNothing() {
        enqueue(store, "a");
        RedisServer target = cluster.beginMove(tag);

        assertThatThrownBy(() -> enqueue(store, "b"))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        e -> assertThat(e)
                                .returns(Outcome.REFUSED, StoreUnavailableException::outcome)
                                .hasMessageContaining("TRYAGAIN"));
        cluster.finishMove(tag, target);

        assertThat(enqueue(store, "b")).isEqualTo(Status.QUEUED);
        assertThat(store.ledger().counts(queue).waiting()).isEqualTo(2);
    }

    @Test
    void callWaitsForASlotOnTheMove() throws InterruptedException, ExecutionException, TimeoutException {
        enqueue(store, "a");
        RedisServer target = cluster.beginMove(tag);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            long refused = cluster.refusals("TRYAGAIN");
            Future<Status> waiting = other.submit(() -> enqueue(store, "b"));
            Patience.until("the cluster refused it", PATIENCE, () -> cluster.refusals("TRYAGAIN") > refused);

            cluster.finishMove(tag, target);

            assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(Status.QUEUED);
            assertThat(store.ledger().counts(queue).waiting()).isEqualTo(2);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void newQueueOfASlotOnTheMoveIsRefusedToo() {
        RedisServer target = cluster.beginMove(tag);

        assertThatThrownBy(() -> enqueue(store, "a"))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        e -> assertThat(e.outcome()).isEqualTo(Outcome.REFUSED));
        cluster.finishMove(tag, target);

        assertThat(enqueue(store, "a")).isEqualTo(Status.QUEUED);
    }

    @Test
    void callWithoutAnAnswerIsUnknownAndMadeOnce() throws InterruptedException {
        RedisConnection connection = RedisConnection.builder()
                .cluster(cluster.nodes().stream().map(Object::toString).toList())
                .commandTimeout(Duration.ofMillis(300))
                .build();
        RedisServer master = cluster.masterOf(tag);
        try (RedisStore impatient = RedisStore.open(connection, "jq")) {
            enqueue(impatient, "a");
            long before = master.calls("evalsha");
            Thread asleep = new Thread(() -> sleep(master));
            asleep.start();

            Patience.until("a call had no answer", PATIENCE, () -> hasNoAnswer(impatient));

            asleep.join();
            assertThat(master.calls("evalsha")).isEqualTo(before + 1 + answered);
            assertThat(enqueue(impatient, "b-" + answered)).isEqualTo(Status.DUPLICATE);
        }
    }

    private static void sleep(RedisServer server) {
        try (Jedis redis = server.commands()) {
            redis.sendCommand(() -> "DEBUG".getBytes(UTF_8), "SLEEP", "1");
        }
    }

    private boolean hasNoAnswer(RedisStore impatient) {
        try {
            enqueue(impatient, "b-" + answered);
            answered++;
            return false;
        } catch (StoreUnavailableException e) {
            assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN);
            return true;
        }
    }

    @Test
    void messagesOfAQueueStayInItsShard() {
        enqueue(store, "a");
        store.transitions().exchange(new ExchangeRequest(session(), List.of(), 1, Duration.ZERO));
        long plain = all(cluster.calls("publish"));
        long sharded = all(cluster.calls("spublish"));

        assertThat(store.transitions().cancel(queue, "a", Duration.ZERO)).isEqualTo(Cancellation.REQUESTED);

        assertThat(all(cluster.calls("publish"))).isEqualTo(plain);
        assertThat(all(cluster.calls("spublish"))).isGreaterThan(sharded);
    }

    @Test
    void clusterThatIsNotThereRefusesForCertain() {
        RedisConnection nowhere =
                RedisConnection.builder().cluster(List.of("127.0.0.1:1")).build();
        try (RedisStore away = RedisStore.open(nowhere, "jq")) {
            assertThatThrownBy(() -> enqueue(away, "a"))
                    .isInstanceOfSatisfying(
                            StoreUnavailableException.class,
                            e -> assertThat(e)
                                    .returns(Outcome.REFUSED, StoreUnavailableException::outcome)
                                    .hasMessageContaining("cluster 127.0.0.1:1"));
        }
    }

    @Test
    void applicationsOwnClientMakesItsCallsAndStaysOpen() {
        try (RedisClusterClient client =
                RedisClusterClient.builder().nodes(Set.copyOf(cluster.nodes())).build()) {
            try (RedisStore own = RedisStore.open(client, cluster.connection(), "jq")) {
                assertThat(enqueue(own, "a")).isEqualTo(Status.QUEUED);
                assertThat(own.transitions()
                                .exchange(new ExchangeRequest(session(), List.of(), 1, Duration.ZERO))
                                .claims())
                        .hasSize(1);
            }
            assertThat(client.exists(tag + ":jobs")).isTrue();
        }
    }
}
