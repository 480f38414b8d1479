package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.jobqueue.Cancellation;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.Ended;
import io.jobqueue.store.SignalListener;
import io.jobqueue.testkit.Patience;
import io.jobqueue.testkit.RedisCluster;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;

/** A user of a cluster who may do all but hear the channels of queues. */
@Timeout(60)
class ShardRightsIT {

    private static final String QUEUE = RedisStoreFixture.QUEUE;
    private static final Duration SOON = Duration.ofSeconds(20);

    private final ListAppender<ILoggingEvent> told = new ListAppender<>();
    private final Semaphore cancelled = new Semaphore(0);
    private RedisCluster cluster;
    private RedisStore store;

    @BeforeEach
    void start() {
        cluster = RedisCluster.startWithoutReplicas(2);
        onEachNode("on", ">secret", "~*", "&*", "+@all", "-ssubscribe");
        store = RedisStore.open(
                RedisConnection.builder()
                        .cluster(cluster.nodes().stream().map(Object::toString).toList())
                        .username("ada")
                        .password("secret")
                        .build(),
                "jq");
        told.start();
        logger().addAppender(told);
    }

    @AfterEach
    void stop() {
        logger().detachAppender(told);
        store.close();
        cluster.close();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(ShardSubscriber.class);
    }

    private void onEachNode(String... rules) {
        for (RedisServer node : cluster.masters()) {
            try (Jedis redis = node.commands()) {
                redis.aclSetUser("ada", rules);
            }
        }
    }

    private void subscribe() {
        store.signals().subscribe("here", Set.of(QUEUE), new SignalListener() {
            @Override
            public void ended(Ended ended) {}

            @Override
            public void cancelRequested(String queue, ClaimToken token) {
                cancelled.release();
            }

            @Override
            public void resumed() {}
        });
    }

    private List<String> warnings() {
        return List.copyOf(told.list).stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private long refusals() {
        try (Jedis redis = cluster.masterOf("{jq:" + QUEUE + "}").commands()) {
            return redis.aclLog().stream()
                    .filter(entry -> entry.getObject().equals("ssubscribe"))
                    .mapToLong(entry -> entry.getCount())
                    .sum();
        }
    }

    @Test
    void missingRightIsToldOnceAndCostsTheClusterLittle() {
        RedisStoreFixture.enqueue(store, "a");
        Map<Integer, Long> before = cluster.calls("cluster|slots");
        subscribe();

        Patience.until("several attempts are refused", SOON, () -> refusals() >= 5);

        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("come late", "allow the user 'ada' +ssubscribe", "docs/redis.md");
        assertThat(cluster.calls("cluster|slots"))
                .as("nobody is asked who has which slot")
                .isEqualTo(before);
    }

    @Test
    void rightThatIsGrantedIsUsed() throws InterruptedException {
        RedisStoreFixture.enqueue(store, "a");
        assertThat(RedisStoreFixture.claim(store, RedisStoreFixture.session("s"), 1))
                .hasSize(1);
        subscribe();
        Patience.until("it is refused", SOON, () -> refusals() > 0);

        onEachNode("+ssubscribe");

        Patience.until("the channel is heard", SOON, this::isHeard);
        assertThat(store.transitions().cancel(QUEUE, "a", Duration.ofHours(1))).isEqualTo(Cancellation.REQUESTED);
        assertThat(cancelled.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }

    private boolean isHeard() {
        try (Jedis redis = cluster.masterOf("{jq:" + QUEUE + "}").commands()) {
            return !redis.pubsubShardChannels("*").isEmpty();
        }
    }
}
