package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.Ended;
import io.jobqueue.store.SignalListener;
import io.jobqueue.testkit.RedisServer;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BrokenListenerIT {

    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Counts how often it is told that hints may have been missed, and fails the first time if it is to. */
    private static final class Listener implements SignalListener {

        private final AtomicBoolean failing;
        private final CountDownLatch resumed;

        Listener(boolean failing, int times) {
            this.failing = new AtomicBoolean(failing);
            resumed = new CountDownLatch(times);
        }

        @Override
        public void ended(Ended ended) {
            throw new AssertionError("nothing was enqueued");
        }

        @Override
        public void cancelRequested(String queue, ClaimToken token) {
            throw new AssertionError("nothing was cancelled");
        }

        @Override
        public void resumed() {
            resumed.countDown();
            if (failing.getAndSet(false)) {
                throw new StackOverflowError();
            }
        }

        boolean wasTold() throws InterruptedException {
            return resumed.await(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void subscriptionOutlivesAnErrorOfAListenerAndSaysThatHintsWereMissed() throws InterruptedException {
        Listener broken = new Listener(true, 2);
        Listener other = new Listener(false, 1);

        try (RedisStore store = RedisStore.open(server.connection(), "jq")) {
            store.signals().subscribe("first", Set.of("mails"), broken);
            boolean toldAgain = broken.wasTold();
            store.signals().subscribe("second", Set.of("mails"), other);

            assertThat(toldAgain).isTrue();
            assertThat(other.wasTold()).isTrue();
        }
    }
}
