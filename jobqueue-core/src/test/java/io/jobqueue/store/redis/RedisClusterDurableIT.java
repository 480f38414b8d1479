package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Durability;
import io.jobqueue.Enqueued.Status;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.contract.DurableStoreContract;
import io.jobqueue.store.contract.HeldClock;
import io.jobqueue.testkit.RedisCluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisClusterDurableIT extends DurableStoreContract {

    private static RedisCluster cluster;

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Override
    protected JobStore open(HeldClock clock) {
        return RedisStore.open(cluster.connection(), "jq", new HeldStoreClock(clock));
    }

    @Override
    public Durability confirmable() {
        return Durability.replica(1);
    }

    @Test
    void slotThatHasMovedIsFollowed() {
        List<List<NewJob>> jobs = List.of(List.of(RedisStoreFixture.job("a")));
        store().durableEnqueue().orElseThrow().enqueue(queue(), jobs, confirmable(), Duration.ofSeconds(10));
        cluster.moveSlot("{jq:" + queue() + "}");

        assertThat(store().durableEnqueue().orElseThrow().enqueue(queue(), jobs, confirmable(), Duration.ofSeconds(10)))
                .extracting(answer -> answer.status())
                .containsExactly(Status.DUPLICATE);
    }
}
