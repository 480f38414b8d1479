package io.jobqueue.engine;

import io.jobqueue.store.redis.RedisConnection;
import io.jobqueue.store.redis.RedisStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A process with many workers of one queue, each an engine with a store and connections of its own. Their jobs carry when
 * they were enqueued, in microseconds, and return how long they waited. Ends with its input.
 *
 * <p>Arguments: URL of the server, engines.
 */
final class CrowdProcess {

    static final String QUEUE = "crowd";

    private CrowdProcess() {}

    public static void main(String[] arguments) throws IOException {
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            JobEngine engine = JobEngine.builder(RedisStore.open(RedisConnection.of(arguments[0]), "jq"))
                    .handler(HandlerDefinition.of("type", QUEUE, Long.class, (sent, job) -> micros() - sent))
                    .shutdownTimeout(Duration.ofSeconds(1))
                    .build();
            engine.start();
        }
        int ended = System.in.read();
        System.exit(ended < 0 ? 0 : 1);
    }

    static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
