package io.jobqueue.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobqueue.JobQueue;
import io.jobqueue.JobQueueException;
import io.jobqueue.JobRequest;
import io.jobqueue.spring.JobHandler;
import io.jobqueue.spring.actuate.JobQueueHealthIndicator;
import io.jobqueue.testkit.RedisServer;
import io.jobqueue.testkit.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

/**
 * Redis is away under load, for {@code -Djobqueue.outage.seconds}. Nothing is started again but Redis.
 */
@ExtendWith(OutputCaptureExtension.class)
class RedisOutageIT {

    private static final Duration OUTAGE = Duration.ofSeconds(Long.getLong("jobqueue.outage.seconds", 15));
    private static final int PRODUCERS = 4;

    @Test
    void applicationPausesAndHealsByItself(CapturedOutput output) {
        try (RedisServer redis = RedisServer.startDurable();
                TcpProxy line = TcpProxy.to(redis.port())) {
            StarterContext.onRedis()
                    .withPropertyValues(
                            "jobqueue.store.redis.url=redis://127.0.0.1:" + line.port(), "jobqueue.defaults.lease=5s")
                    .withBean(Counting.class)
                    .run(context -> {
                        Counting handled = context.getBean(Counting.class);
                        try (Load load = new Load(context.getBean(JobQueue.class))) {
                            await().until(() -> handled.ids.size() > 500);
                            assertThat(status(context)).isEqualTo(Status.UP);

                            line.shut();
                            redis.kill();
                            int before = line.connections();
                            int written = output.getAll().length();
                            LockSupport.parkNanos(OUTAGE.toNanos());

                            int attempts = line.connections() - before;
                            List<String> lines = output.getAll()
                                    .substring(written)
                                    .lines()
                                    .filter(text -> text.contains(" WARN ")
                                            || text.contains(" ERROR ")
                                            || text.contains(" INFO "))
                                    .toList();
                            assertThat(status(context)).isEqualTo(Status.DOWN);
                            int accepted = load.accepted.size();
                            int ran = handled.ids.size();

                            redis.startAgain();
                            long back = System.nanoTime();
                            line.heal();
                            await().pollInterval(Duration.ofMillis(20)).until(() -> handled.ids.size() > ran);
                            Duration resumed = Duration.ofNanos(System.nanoTime() - back);
                            await().until(() -> load.accepted.size() > accepted + 500);
                            load.end();
                            await().atMost(Duration.ofSeconds(60)).until(() -> handled.ids.containsAll(load.accepted));
                            await().atMost(Duration.ofSeconds(30))
                                    .until(() -> status(context).equals(Status.UP));

                            System.out.printf(
                                    "Redis was away for %s: %d connection attempts, %d log lines, the first job %s after it"
                                            + " was back, %,d jobs accepted, 0 lost, %,d enqueues refused%n",
                                    OUTAGE, attempts, lines.size(), resumed, load.accepted.size(), load.refused.size());
                            assertThat(attempts).isLessThanOrEqualTo(2 * (int) OUTAGE.toSeconds() + 2);
                            int ofTheLease = 1; // that it ran out, once
                            assertThat(lines).hasSizeLessThanOrEqualTo((int) OUTAGE.toSeconds() / 10 + 1 + ofTheLease);
                            assertThat(resumed).isLessThan(Duration.ofSeconds(5));
                            assertThat(load.refused).isNotEmpty();
                        }
                    });
        }
    }

    private static Status status(ApplicationContext context) {
        return context.getBean(JobQueueHealthIndicator.class).health().getStatus();
    }

    /** Producers that enqueue as fast as they are let, and say an id again until it is accepted. */
    private static final class Load implements AutoCloseable {

        private final Set<String> accepted = ConcurrentHashMap.newKeySet();
        private final Set<String> refused = ConcurrentHashMap.newKeySet();
        private final List<Thread> producers;
        private volatile boolean over;

        Load(JobQueue jobQueue) {
            producers = IntStream.range(0, PRODUCERS)
                    .mapToObj(number -> new Thread(() -> produce(jobQueue, number), "producer-" + number))
                    .toList();
            producers.forEach(Thread::start);
        }

        private void produce(JobQueue jobQueue, int producer) {
            for (int i = 0; !over; i++) {
                String id = producer + "-" + i;
                while (!over && !enqueue(jobQueue, id)) {
                    LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
                }
            }
        }

        private boolean enqueue(JobQueue jobQueue, String id) {
            try {
                jobQueue.enqueue(JobRequest.of("count", id).id(id).build());
                accepted.add(id);
                return true;
            } catch (JobQueueException e) {
                refused.add(id);
                return false;
            }
        }

        @Override
        public void close() {
            end();
        }

        void end() {
            over = true;
            for (Thread producer : producers) {
                try {
                    producer.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    static class Counting {

        private final Set<String> ids = ConcurrentHashMap.newKeySet();

        @JobHandler("count")
        void count(String id) {
            ids.add(id);
        }
    }
}
