package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.jobqueue.testkit.Patience;
import io.jobqueue.testkit.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.providers.SentineledConnectionProvider;

/** What is heard of Sentinels that say nothing, and of one that is away. */
@Timeout(60)
class SentinelListeningIT {

    private static final Duration BOUND = Duration.ofSeconds(30);

    @Test
    void subscriptionEndsQuietlyAfterASilenceAndLoudlyWhenTheSentinelDies() {
        try (RedisServer master = RedisServer.start();
                RedisServer sentinel = RedisServer.startSentinelOf(master)) {
            try (SentinelConnection connection = connect(sentinel, Duration.ofMillis(100))) {
                connection.subscribe(new JedisPubSub() {}, "+switch-master");
            }

            try (SentinelConnection connection = connect(sentinel, BOUND)) {
                JedisPubSub killer = new JedisPubSub() {

                    @Override
                    public void onSubscribe(String channel, int subscribed) {
                        sentinel.kill();
                    }
                };
                assertThatThrownBy(() -> connection.subscribe(killer, "+switch-master"))
                        .isInstanceOf(JedisConnectionException.class);
            }
        }
    }

    @Test
    void sentinelThatIsAwayIsTriedAgainAndAgainAndToldOfAtMostOnceAListener() throws IOException {
        Logger logger = (Logger) LoggerFactory.getLogger(SentineledConnectionProvider.class);
        ListAppender<ILoggingEvent> told = new ListAppender<>();
        told.start();
        logger.addAppender(told);
        try (RedisServer master = RedisServer.start();
                RedisServer sentinel = RedisServer.startSentinelOf(master);
                HangUp away = new HangUp();
                RedisStore store = RedisStore.open(
                        RedisConnection.builder()
                                .sentinel("main", List.of("127.0.0.1:" + sentinel.port(), "127.0.0.1:" + away.port()))
                                .build(),
                        "jq")) {
            RedisStoreFixture.enqueue(store, "a");

            Patience.until("it is tried again and again", BOUND, () -> away.tries() >= 20);
        } finally {
            logger.detachAppender(told);
        }
        assertThat(told.list)
                .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                .hasSizeLessThanOrEqualTo(2); // the pool of the application and that of the engine listen
    }

    private static SentinelConnection connect(RedisServer sentinel, Duration silence) {
        return new SentinelConnection(
                new HostAndPort("127.0.0.1", sentinel.port()),
                DefaultJedisClientConfig.builder()
                        .blockingSocketTimeoutMillis((int) silence.toMillis())
                        .build());
    }

    /** Takes connections and ends them at once. */
    private static final class HangUp implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final AtomicInteger tries = new AtomicInteger();

        HangUp() throws IOException {
            Thread taking = new Thread(this::take, "hang-up");
            taking.setDaemon(true);
            taking.start();
        }

        private void take() {
            while (true) {
                try {
                    server.accept().close();
                    tries.incrementAndGet();
                } catch (IOException e) {
                    return;
                }
            }
        }

        int port() {
            return server.getLocalPort();
        }

        int tries() {
            return tries.get();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
