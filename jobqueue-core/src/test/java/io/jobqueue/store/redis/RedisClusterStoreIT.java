package io.jobqueue.store.redis;

import io.jobqueue.store.JobStore;
import io.jobqueue.store.contract.HeldClock;
import io.jobqueue.store.contract.JobStoreContract;
import io.jobqueue.testkit.RedisCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisClusterStoreIT extends JobStoreContract {

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
}
