package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.testkit.RedisServer;
import io.jobqueue.testkit.TlsKeys;
import io.jobqueue.testkit.TlsKeys.Holder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What TLS lets through and what not, and that its connections wait like others. */
@Timeout(60)
class RedisTlsIT {

    private static final String QUEUE = RedisStoreFixture.QUEUE;
    private static final Duration LONG = Duration.ofSeconds(14);

    private static TlsKeys keys;
    private static RedisServer open;
    private static RedisServer closed;

    @BeforeAll
    static void start() {
        keys = TlsKeys.make();
        open = RedisServer.startTls(keys, Holder.SERVER, false);
        closed = RedisServer.startTls(keys, Holder.SERVER, true);
    }

    @AfterAll
    static void stop() {
        open.close();
        closed.close();
        keys.close();
    }

    @Test
    void serverOfATrustedAuthorityIsReachedByNameAndByAddress() {
        works(to("localhost", open).ssl(keys.client(), true));
        works(to("127.0.0.1", open).ssl(keys.client(), true));
    }

    @Test
    void clientWithACertificateIsLetIn() {
        works(to("localhost", closed).ssl(keys.clientWithCertificate(), true));
    }

    @Test
    void clientWithoutACertificateIsRefusedAndToldSo() {
        refused(to("localhost", closed).ssl(keys.client(), true))
                .hasMessageContaining("wants a certificate of the client")
                .hasMessageContaining("key store of the SSL bundle");
    }

    @Test
    void serverOfAnotherHostIsRefusedAndToldSo() {
        try (RedisServer elsewhere = RedisServer.startTls(keys, Holder.SERVER_ELSEWHERE, false)) {
            refused(to("localhost", elsewhere).ssl(keys.client(), true))
                    .hasMessageContaining("localhost")
                    .hasMessageContaining("No subject alternative")
                    .hasMessageContaining("connect by a name that the certificate of the server has");
            works(to("localhost", elsewhere).ssl(keys.client(), false));
        }
    }

    @Test
    void serverOfAnUnknownAuthorityIsRefusedAndToldSo() {
        try (TlsKeys others = TlsKeys.make()) {
            refused(to("localhost", open).ssl(others.client(), true))
                    .hasMessageContaining("unable to find valid certification path")
                    .hasMessageContaining("trust the authority");
        }
    }

    @Test
    void urlUsesTheTrustOfTheJvmAndChecksIt() {
        refused(RedisConnection.builder().url("rediss://localhost:" + open.port()))
                .hasMessageContaining("unable to find valid certification path");
    }

    @Test
    void urlUsesTheDefaultContextOfTheProcess() throws Exception {
        SSLContext usual = SSLContext.getDefault();
        try {
            SSLContext.setDefault(keys.clientContext());
            works(RedisConnection.builder().url("rediss://localhost:" + closed.port() + "/3"));
        } finally {
            SSLContext.setDefault(usual);
        }
    }

    @Test
    void serverWithoutTlsIsToldFromOneThatIsAway() {
        try (RedisServer plain = RedisServer.start()) {
            refused(to("localhost", plain).ssl(keys.client(), true)).hasMessageContaining("speaks no TLS on this port");
        }
    }

    @Test
    void serverThatIsSilentInTheHandshakeHoldsNobodyUpForLong() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                RedisStore store = RedisStore.open(
                        RedisConnection.builder()
                                .host("127.0.0.1")
                                .port(silent.getLocalPort())
                                .commandTimeout(Duration.ofMillis(300))
                                .ssl(keys.client(), true)
                                .build(),
                        "jq")) {
            long begun = System.nanoTime();

            assertThatThrownBy(() -> store.signals().awaitWork(QUEUE, LONG))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(store::info).isInstanceOf(StoreUnavailableException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void waitingWorkerIsInterruptedAtOnce() throws Exception {
        try (RedisStore store = RedisStore.open(closedConnection(), "jq")) {
            CountDownLatch interrupted = new CountDownLatch(1);
            Thread worker = waiting(store, interrupted);
            worker.start();
            awaitBlocked();
            long begun = System.nanoTime();

            worker.interrupt();

            assertThat(interrupted.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONG.dividedBy(2));
        }
    }

    @Test
    void closingTheStoreEndsWaitsAtOnce() throws Exception {
        RedisStore store = RedisStore.open(closedConnection(), "jq");
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return store.signals().awaitWork(QUEUE, LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        awaitBlocked();
        long begun = System.nanoTime();

        store.close();

        assertThat(waiting.handle((woken, failure) -> failure).get(LONG.toSeconds(), TimeUnit.SECONDS))
                .hasCauseInstanceOf(StoreUnavailableException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONG.dividedBy(2));
    }

    private static Thread waiting(RedisStore store, CountDownLatch interrupted) {
        return new Thread(() -> {
            try {
                store.signals().awaitWork(QUEUE, LONG);
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
    }

    private static void awaitBlocked() {
        io.jobqueue.testkit.Patience.until("somebody waits", LONG, () -> {
            try (var redis = closed.commands()) {
                return redis.info("clients").contains("blocked_clients:1");
            }
        });
    }

    private static RedisConnection closedConnection() {
        return to("localhost", closed).ssl(keys.clientWithCertificate(), true).build();
    }

    private static RedisConnection.Builder to(String host, RedisServer server) {
        return RedisConnection.builder().host(host).port(server.port());
    }

    private static void works(RedisConnection.Builder connection) {
        try (RedisStore store = RedisStore.open(connection.build(), "jq")) {
            String queue = "works-" + System.nanoTime();
            store.transitions().enqueue(queue, java.util.List.of(RedisStoreFixture.job("a")));

            assertThat(store.ledger().find(queue, "a")).isPresent();
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(RedisConnection.Builder connection) {
        try (RedisStore store = RedisStore.open(connection.build(), "jq")) {
            return assertThatThrownBy(() -> RedisStoreFixture.enqueue(store, "a"))
                    .isInstanceOf(StoreUnavailableException.class)
                    .satisfies(failure -> assertThat(((StoreUnavailableException) failure).outcome())
                            .isEqualTo(Outcome.REFUSED));
        }
    }
}
