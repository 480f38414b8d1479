package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Cancellation;
import io.jobqueue.Enqueued;
import io.jobqueue.JobRequest;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.testkit.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How soon a running job of another process stops. Without messages it is one renewal: {@link LostMessagesIT}. */
class CancelTimingIT {

    private static final Logger log = LoggerFactory.getLogger(CancelTimingIT.class);
    private static final int ROUNDS = 60;
    private static final long BOUND_MILLIS = 100;

    @Test
    void runningJobOfAnotherProcessStopsWithinATenthOfASecond() throws InterruptedException {
        BlockingQueue<String> started = new LinkedBlockingQueue<>();
        BlockingQueue<Long> interrupted = new LinkedBlockingQueue<>();
        try (RedisServer server = RedisServer.start();
                RedisStore workerStore = RedisStore.open(server.connection(), "jq");
                RedisStore otherStore = RedisStore.open(server.connection(), "jq");
                JobEngine other = JobEngine.builder(otherStore).build();
                JobEngine worker = JobEngine.builder(workerStore)
                        .handler(HandlerDefinition.of("mail", "mails", String.class, (payload, job) -> {
                            started.add(payload);
                            try {
                                new CountDownLatch(1).await();
                                return null;
                            } catch (InterruptedException e) {
                                interrupted.add(System.nanoTime());
                                return null;
                            }
                        }))
                        .build()) {
            worker.start();
            List<Long> millis = new ArrayList<>();

            for (int round = 0; round < ROUNDS; round++) {
                Enqueued job = other.jobQueue()
                        .enqueue(JobRequest.of("mail", "m" + round)
                                .queue("mails")
                                .build());
                assertThat(started.poll(20, TimeUnit.SECONDS)).isEqualTo("m" + round);
                long called = System.nanoTime();
                assertThat(other.jobQueue().cancel(job.id())).isEqualTo(Cancellation.REQUESTED);
                Long at = interrupted.poll(20, TimeUnit.SECONDS);
                assertThat(at).isNotNull();
                millis.add(TimeUnit.NANOSECONDS.toMillis(at - called));
            }

            List<Long> sorted = millis.stream().sorted().toList();
            log.info(
                    "cancel to interrupt in {} rounds: median {} ms, most {} ms",
                    ROUNDS,
                    sorted.get(ROUNDS / 2),
                    sorted.get(ROUNDS - 1));
            // A loaded machine may hold up a round or two for as long as it likes; it cannot hold up nine of ten.
            assertThat(sorted.get(ROUNDS * 9 / 10)).isLessThan(BOUND_MILLIS);
        }
    }
}
