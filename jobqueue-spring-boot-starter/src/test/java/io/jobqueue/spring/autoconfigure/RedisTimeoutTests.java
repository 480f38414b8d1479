package io.jobqueue.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.redis.RedisStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Against a server that takes connections and never says a word; without a timeout set, a call would take two seconds. */
class RedisTimeoutTests {

    private final ServerSocket silent = listen();
    private final ApplicationContextRunner runner = StarterContext.bare()
            .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
            .withPropertyValues(
                    "jobqueue.store.type=redis",
                    "spring.data.redis.host=127.0.0.1",
                    "spring.data.redis.port=" + silent.getLocalPort());

    @AfterEach
    void stopListening() throws IOException {
        silent.close();
    }

    @Test
    void commandTimeoutOfTheJobQueueBoundsACall() {
        assertCallEndsEarly(
                runner.withPropertyValues("jobqueue.store.redis.command-timeout=50ms", "spring.data.redis.timeout=3s"));
    }

    @Test
    void timeoutOfSpringDataBoundsACallOtherwise() {
        assertCallEndsEarly(runner.withPropertyValues("spring.data.redis.timeout=50ms"));
    }

    private static void assertCallEndsEarly(ApplicationContextRunner runner) {
        runner.run(context -> {
            RedisStore store = context.getBean(RedisStore.class);
            long begun = System.nanoTime();
            assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> store.info());
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(1900));
        });
    }

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
