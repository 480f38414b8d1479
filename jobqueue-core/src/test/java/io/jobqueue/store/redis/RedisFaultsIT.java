package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Cancellation;
import io.jobqueue.StallPolicy;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.Ended;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.PurgeRequest;
import io.jobqueue.store.ReapRequest;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.SignalListener;
import io.jobqueue.store.Term;
import io.jobqueue.store.WorkerSession;
import io.jobqueue.testkit.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

/** What a store on a real Redis does when the server or the line to it misbehaves. */
class RedisFaultsIT extends RedisStoreFixture {

    @Test
    void forgottenScriptsAreSentAgain() {
        enqueue(store, "a");
        try (Jedis redis = server.commands()) {
            redis.scriptFlush();
        }

        enqueue(store, "b");
        assertThat(claim(store, session("s"), 2)).hasSize(2);
    }

    @Test
    void acknowledgedJobsSurviveAKilledServer() {
        enqueue(store, "a");

        server.kill();
        assertThatThrownBy(() -> enqueue(store, "b"))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        e -> assertThat(e).hasMessageContaining("127.0.0.1:" + server.port()));
        server.startAgain();

        assertThat(claim(store, session("s"), 10))
                .extracting(claim -> claim.token().jobId())
                .containsExactly("a");
    }

    @Test
    void oneCallAtMostFailsForConnectionsThatBrokeWhileIdle() {
        enqueue(store, "a");
        server.kill();
        server.startAgain();

        assertThatThrownBy(() -> enqueue(store, "b")).isInstanceOf(StoreUnavailableException.class);
        enqueue(store, "c");

        assertThat(store.ledger().counts(QUEUE).waiting()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void serverThatIsNotThereRefusesForCertain() {
        server.kill();

        assertThatThrownBy(() -> enqueue(store, "a"))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        e -> assertThat(e.outcome()).isEqualTo(Outcome.REFUSED));
    }

    @Test
    void lostAnswerIsUnknownAndRepeatingItIsSafe() {
        try (TcpProxy line = TcpProxy.to(server.port());
                RedisStore far = RedisStore.open(RedisConnection.of("127.0.0.1:" + line.port()), "jq")) {
            enqueue(far, "warm");
            line.loseAnswers();
            assertThatThrownBy(() -> enqueue(far, "a"))
                    .isInstanceOfSatisfying(
                            StoreUnavailableException.class,
                            e -> assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN));
            line.heal();

            enqueue(far, "a");

            assertThat(store.ledger().counts(QUEUE).waiting()).isEqualTo(2);
        }
    }

    @Test
    void claimsOfALostAnswerComeBackWithoutWaitingForTheLease() {
        WorkerSession session = session("s");
        enqueue(store, "a");
        enqueue(store, "b");
        List<Claim> known = claim(store, session, 1);
        claim(store, session, 1);

        int released =
                store.transitions().reconcile(session, List.of(known.get(0).token()));

        assertThat(released).isEqualTo(1);
        assertThat(claim(store, session("other"), 5))
                .extracting(claim -> claim.token().jobId())
                .containsExactly("b");
    }

    @Test
    void fullMemoryRefusesNewJobsAndLetsRunningOnesFinish() {
        WorkerSession session = session("s");
        enqueue(store, "a");
        enqueue(store, "b");
        Claim claim = claim(store, session, 1).get(0);
        try (Jedis redis = server.commands()) {
            redis.configSet("maxmemory", "1mb");
        }

        assertThatThrownBy(() -> enqueue(store, "c"))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        e -> assertThat(e.outcome()).isEqualTo(Outcome.REFUSED));
        ExchangeAnswer answer = store.transitions()
                .exchange(new ExchangeRequest(
                        session, List.of(new Settlement.Complete(claim.token(), "1".getBytes(UTF_8), HOUR)), 1, HOUR));

        assertThat(answer.settled()).containsExactly(true);
        assertThat(answer.claims()).hasSize(1);
    }

    @Test
    void fullServerStillElectsALeaderWhoPurgesAndReaps() {
        WorkerSession session = new WorkerSession(QUEUE, "s", Duration.ofMillis(1));
        Duration shortest = Duration.ofMillis(1);
        enqueue(store, "a");
        enqueue(store, "b");
        WorkerSession other = session("other");
        Claim done = claim(store, other, 1).get(0);
        exchange(other, new Settlement.Complete(done.token(), null, shortest));
        claim(store, session, 1);
        try (Jedis redis = server.commands()) {
            redis.configSet("maxmemory", "1mb");
        }
        awaitRetentionOver("a");

        Term term = store.leaderLock().acquire(QUEUE, "me", HOUR).orElseThrow();

        assertThat(store.transitions().purge(term, new PurgeRequest(100))).isEqualTo(1);
        assertThat(store.transitions().reap(term, new ReapRequest(100, StallPolicy.REQUEUE, 3, HOUR, HOUR)))
                .hasSize(1);
    }

    @Test
    void subscriptionComesBackAfterItsConnectionIsKilled() throws InterruptedException {
        Semaphore resumed = new Semaphore(0);
        Semaphore cancelled = new Semaphore(0);
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
        try (Jedis redis = server.commands()) {
            redis.sendCommand(Protocol.Command.CLIENT, "KILL", "TYPE", "pubsub");
        }
        assertThat(resumed.tryAcquire(5, TimeUnit.SECONDS)).isTrue();

        enqueue(store, "a");
        claim(store, session("s"), 1);
        assertThat(store.transitions().cancel(QUEUE, "a", HOUR)).isEqualTo(Cancellation.REQUESTED);

        assertThat(cancelled.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void interruptEndsTheWaitForWorkAndSwallowsNoWakeUp() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Thread waiting = new Thread(() -> {
            try {
                store.signals().awaitWork(QUEUE, Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                ended.countDown();
            }
        });
        waiting.start();
        awaitBlockedClient();

        waiting.interrupt();
        assertThat(ended.await(2, TimeUnit.SECONDS)).isTrue();
        enqueue(store, "a");

        assertThat(store.signals().awaitWork(QUEUE, Duration.ofSeconds(2))).isTrue();
    }

    private void awaitBlockedClient() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        try (Jedis redis = server.commands()) {
            while (!redis.info("clients").contains("blocked_clients:1")) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.onSpinWait();
            }
        }
    }
}
