package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Dedup;
import io.jobqueue.Enqueued;
import io.jobqueue.Handler;
import io.jobqueue.JobId;
import io.jobqueue.JobRequest;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Groups of applications that share a Redis: the same queues, ids and keys under different prefixes. */
class TargetGroupsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RedisServer server = RedisServer.start();
    private final Queue<String> ran = new ConcurrentLinkedQueue<>();
    private final Handler<String, String> handler = (payload, job) -> {
        ran.add(payload);
        return payload;
    };
    private final RedisStore blueStore = RedisStore.open(server.connection(), "blue");
    private final RedisStore greenStore = RedisStore.open(server.connection(), "shop:green");
    private final JobEngine blue = engine(blueStore);
    private final JobEngine green = engine(greenStore);

    @AfterEach
    void close() {
        blue.close();
        green.close();
        blueStore.close();
        greenStore.close();
        server.close();
    }

    private JobEngine engine(RedisStore store) {
        return JobEngine.builder(store)
                .handler(HandlerDefinition.of("mail", "mails", String.class, handler))
                .build();
    }

    private static JobRequest mail(String payload) {
        return JobRequest.of("mail", payload)
                .id("a")
                .dedup(Dedup.window("key", Duration.ofHours(1)))
                .build();
    }

    @Test
    void idsAndKeysOfOneGroupAreFreeInTheOther() {
        assertThat(blue.jobQueue().enqueue(mail("blue")).status()).isEqualTo(Enqueued.Status.QUEUED);
        assertThat(green.jobQueue().enqueue(mail("green")).status()).isEqualTo(Enqueued.Status.QUEUED);
        assertThat(blue.jobQueue().enqueue(mail("again")).status()).isEqualTo(Enqueued.Status.DUPLICATE);
    }

    @Test
    void oneHandlerServesBothGroupsAndEachSeesItsOwnJobs() {
        green.jobQueue().enqueue(mail("green"));
        blue.start();
        assertThat(blue.jobQueue().enqueueAndWait(mail("blue"), String.class, PATIENCE))
                .isEqualTo("blue");
        assertThat(ran).containsExactly("blue");
        assertThat(green.jobQueue().workers("mails")).isEmpty();

        green.start();
        assertThat(green.jobQueue().enqueueAndWait(mail("again"), String.class, PATIENCE))
                .isEqualTo("green");

        assertThat(ran).containsExactly("blue", "green");
    }

    @Test
    void pausesAndErasuresStayInTheirGroup() {
        blue.jobQueue().enqueue(mail("blue"));
        green.jobQueue().enqueue(mail("green"));

        blue.jobQueue().queue("mails").pause();
        blue.jobQueue().queue("mails").clear();

        assertThat(green.jobQueue().queue("mails").isPaused()).isFalse();
        assertThat(green.jobQueue().find(JobId.of("mails", "a"))).isPresent();
        assertThat(blue.jobQueue().find(JobId.of("mails", "a"))).isEmpty();
    }

    @Test
    void everyKeyBeginsWithThePrefixOfItsGroup() {
        blue.jobQueue().enqueue(mail("blue"));
        green.jobQueue().enqueue(mail("green"));

        try (Jedis redis = server.commands()) {
            assertThat(redis.keys("*"))
                    .allMatch(key -> key.startsWith("{blue:mails}:")
                            || key.startsWith("{shop:green:mails}:")
                            || key.equals("blue:queues")
                            || key.equals("shop:green:queues"));
        }
    }
}
