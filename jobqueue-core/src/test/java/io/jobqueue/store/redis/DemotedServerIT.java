package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Cancellation;
import io.jobqueue.Durability;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.DurableEnqueue;
import io.jobqueue.store.Ended;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.SignalListener;
import io.jobqueue.testkit.Patience;
import io.jobqueue.testkit.RedisServer;
import io.jobqueue.testkit.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

/**
 * A server by a name that leads to its replica, promoted, while the server itself lives on as a replica and closes no
 * connection: what services do that are managed by others.
 */
@Timeout(60)
class DemotedServerIT {

    private static final String QUEUE = RedisStoreFixture.QUEUE;
    private static final Duration BACK_WITHIN = Duration.ofSeconds(5);
    private static final int NOBODY = 1;

    private RedisServer first;
    private RedisServer second;
    private TcpProxy name;
    private RedisStore store;

    @BeforeEach
    void start() {
        first = RedisServer.start();
        second = RedisServer.startReplicaOf(first.port());
        name = TcpProxy.to(first.port());
        store = RedisStore.open(RedisConnection.of("127.0.0.1:" + name.port()), "jq");
    }

    @AfterEach
    void stop() {
        store.close();
        name.close();
        second.close();
        first.close();
    }

    private void enqueue(String id) {
        RedisStoreFixture.enqueue(store, id);
    }

    private List<String> claim() {
        return RedisStoreFixture.claim(store, RedisStoreFixture.session("s"), 1).stream()
                .map(claim -> claim.token().jobId())
                .toList();
    }

    /** The former master follows nobody who lives, so that whatever comes from it is its own. Nothing is lost. */
    private void demote() {
        try (Jedis redis = first.commands()) {
            redis.set("last", "");
            assertThat(redis.waitReplicas(1, BACK_WITHIN.toMillis())).isEqualTo(1);
            second.promote();
            redis.replicaof("127.0.0.1", NOBODY);
        }
    }

    private void failOver() {
        demote();
        name.lead(second.port());
    }

    private void awaitAccepted(String id) {
        Patience.until("the promoted server takes jobs", BACK_WITHIN, () -> accepts(id));
    }

    private boolean accepts(String id) {
        try {
            enqueue(id);
            return true;
        } catch (StoreUnavailableException e) {
            assertThat(e.outcome()).isEqualTo(Outcome.REFUSED);
            return false;
        }
    }

    private void useManyConnections() {
        List<Thread> callers = Stream.generate(() -> new Thread(() -> enqueue("warm")))
                .limit(12)
                .toList();
        callers.forEach(Thread::start);
        callers.forEach(caller -> {
            try {
                caller.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void oneCallIsRefusedAndTheNextReachesThePromotedServer() {
        enqueue("a");
        useManyConnections();
        failOver();

        assertThatThrownBy(() -> enqueue("b"))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        e -> assertThat(e.outcome()).isEqualTo(Outcome.REFUSED))
                .hasMessageContaining("READONLY");

        enqueue("b");
        try (Jedis redis = second.commands()) {
            assertThat(redis.hexists("{jq:mails}:jobs", "b")).isTrue();
        }
    }

    @Test
    void refusalOfOneKindOfConnectionsRenewsAllOthers() {
        DurableEnqueue durable = store.durableEnqueue().orElseThrow();
        durable.enqueue(
                QUEUE, List.of(List.of(RedisStoreFixture.job("a"))), Durability.replica(1), Duration.ofSeconds(5));
        claim();
        failOver();

        assertThatThrownBy(() -> enqueue("b")).isInstanceOf(StoreUnavailableException.class);

        enqueue("b");
        assertThat(claim()).containsExactly("b");
        try (RedisServer third = RedisServer.startReplicaOf(second.port())) {
            assertThat(third.isReplicaInSync()).isTrue();
            durable.enqueue(
                    QUEUE, List.of(List.of(RedisStoreFixture.job("c"))), Durability.replica(1), Duration.ofSeconds(5));
        }
    }

    @Test
    void batchesSentTogetherReachThePromotedServer() {
        store.transitions().enqueueAll(QUEUE, List.of(List.of(RedisStoreFixture.job("a"))));
        failOver();
        List<List<NewJob>> batches = List.of(List.of(RedisStoreFixture.job("b")), List.of(RedisStoreFixture.job("c")));

        assertThatThrownBy(() -> store.transitions().enqueueAll(QUEUE, batches)).hasMessageContaining("READONLY");

        assertThat(store.transitions().enqueueAll(QUEUE, batches)).hasSize(2);
    }

    @Test
    void serverWithoutALinkToItsMasterIsLeftToo() {
        try (Jedis redis = first.commands()) {
            redis.configSet("replica-serve-stale-data", "no");
        }
        enqueue("a");
        failOver();

        assertThatThrownBy(() -> store.ledger().find(QUEUE, "a")).hasMessageContaining("MASTERDOWN");

        assertThat(store.ledger().find(QUEUE, "a")).isPresent();
    }

    @Test
    void nameThatFollowsLaterIsFollowed() {
        enqueue("a");
        demote();
        int before = name.connections();
        for (int i = 0; i < 200; i++) {
            assertThat(accepts("b")).isFalse();
        }
        assertThat(name.connections() - before)
                .as("a server that refuses is not connected to by every call")
                .isLessThan(20);

        name.lead(second.port());

        awaitAccepted("b");
    }

    @Test
    void durableEnqueuesAloneFollowTheNameThatFollowsLater() {
        DurableEnqueue durable = store.durableEnqueue().orElseThrow();
        assertThat(acceptsDurably(durable, "a")).isTrue();
        demote();
        for (int i = 0; i < 20; i++) {
            assertThat(acceptsDurably(durable, "b")).isFalse();
        }
        try (RedisServer third = RedisServer.startReplicaOf(second.port())) {
            assertThat(third.isReplicaInSync()).isTrue();

            name.lead(second.port());

            Patience.until("the promoted server takes jobs", BACK_WITHIN, () -> acceptsDurably(durable, "b"));
        }
    }

    private static boolean acceptsDurably(DurableEnqueue durable, String id) {
        try {
            durable.enqueue(
                    QUEUE, List.of(List.of(RedisStoreFixture.job(id))), Durability.replica(1), Duration.ofSeconds(5));
            return true;
        } catch (StoreUnavailableException e) {
            assertThat(e.outcome()).isEqualTo(Outcome.REFUSED);
            return false;
        }
    }

    @Test
    void serverThatIsDemotedDoesNotSayWhatItCannotConfirm() {
        demote();

        DurableEnqueue durable = store.durableEnqueue().orElseThrow();
        assertThatThrownBy(() -> durable.require(Durability.replica(1)))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        e -> assertThat(e.outcome()).isEqualTo(Outcome.REFUSED));
        name.lead(second.port());

        Patience.until("the promoted server is asked", BACK_WITHIN, () -> says(durable));
    }

    private static boolean says(DurableEnqueue durable) {
        try {
            durable.require(Durability.replica(1));
            return true;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    @Test
    void waitForWorkGoesOnAtThePromotedServer() throws InterruptedException {
        enqueue("a");
        assertThat(claim()).hasSize(1);
        store.signals().awaitWork(QUEUE, Duration.ofSeconds(1)); // takes the hint of the job
        store.signals().awaitWork(QUEUE, Duration.ofMillis(1));
        failOver();

        assertThatThrownBy(() -> store.signals().awaitWork(QUEUE, Duration.ofSeconds(1)))
                .hasMessageContaining("READONLY");
        awaitAccepted("b");

        assertThat(store.signals().awaitWork(QUEUE, Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void messagesAreHeardFromThePromotedServer() throws InterruptedException {
        Semaphore cancelled = new Semaphore(0);
        Semaphore resumed = new Semaphore(0);
        store.signals().subscribe("here", Set.of(QUEUE), new SignalListener() {
            @Override
            public void ended(Ended ended) {}

            @Override
            public void cancelRequested(String queue, ClaimToken token) {
                cancelled.release();
            }

            @Override
            public void resumed() {
                resumed.release();
            }
        });
        assertThat(resumed.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
        store.ledger().find(QUEUE, "none"); // a connection that will lead to the former master
        failOver();
        awaitAccepted("a");
        assertThat(resumed.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
        assertThat(claim()).hasSize(1);

        assertThat(store.transitions().cancel(QUEUE, "a", Duration.ofHours(1))).isEqualTo(Cancellation.REQUESTED);

        assertThat(cancelled.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void connectionInUseWhenItsServerIsLeftIsNotKept() {
        RedisLines lines = new RedisLines(RedisConnection.of("127.0.0.1:" + name.port()), null);
        RedisTopology calls = lines.engine();
        Connection used = calls.borrow(calls.master(new byte[0]));

        calls.leave();
        used.close();

        try (Connection next = calls.borrow(calls.master(new byte[0]))) {
            assertThat(used.isConnected()).isFalse();
            next.sendCommand(Protocol.Command.PING);
            assertThat(next.getStatusCodeReply()).isEqualTo("PONG");
        }
        lines.close();
    }
}
