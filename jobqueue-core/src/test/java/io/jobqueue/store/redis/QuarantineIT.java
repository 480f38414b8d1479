package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobError;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.store.contract.HeldClock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** A whole engine on a queue with jobs it cannot read. */
class QuarantineIT extends RedisStoreFixture {

    private static final String TYPE = "mail";

    private static void eventually(BooleanSupplier reached) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Test
    void badRecordsEndInQuarantineWhileAllOthersRunAndRunAfterTheirRepair() {
        HeldClock clock = new HeldClock();
        try (RedisStore held = RedisStore.open(server.connection(), "jq", new HeldStoreClock(clock));
                JobEngine engine = JobEngine.builder(held)
                        .handler(HandlerDefinition.of(TYPE, QUEUE, String.class, (payload, job) -> payload))
                        .claimWait(Duration.ofMillis(50))
                        .build();
                Jedis redis = server.commands()) {
            for (int i = 0; i < 50; i++) {
                engine.jobQueue()
                        .enqueue(JobRequest.of(TYPE, "x")
                                .id("job-" + i)
                                .queue(QUEUE)
                                .build());
            }
            byte[] jobs = "{jq:mails}:jobs".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            byte[] bad = "job-7".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            byte[] good = redis.hget(jobs, bad);
            redis.hset(jobs, bad, new byte[] {9, 1, 2, 3});

            engine.start();
            eventually(() -> engine.jobQueue().counts(QUEUE).completed() == 49);
            eventually(() -> {
                clock.advance(Duration.ofMillis(500));
                return engine.jobQueue().counts(QUEUE).failed() == 1;
            });

            JobSnapshot dead = engine.jobQueue()
                    .queue(QUEUE)
                    .list(JobState.FAILED, null, 10)
                    .jobs()
                    .get(0);
            assertThat(dead.id().value()).isEqualTo("job-7");
            assertThat(Objects.requireNonNull(dead.error()).type()).isEqualTo(JobError.UNREADABLE);
            assertThat(dead.error().message()).contains("version 9");

            redis.hset(jobs, bad, good);
            assertThat(engine.jobQueue().queue(QUEUE).replay("job-7")).isTrue();
            eventually(() -> engine.jobQueue().counts(QUEUE).completed() == 50);
        }
    }
}
