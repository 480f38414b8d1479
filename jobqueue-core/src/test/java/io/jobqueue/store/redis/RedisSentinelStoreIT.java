package io.jobqueue.store.redis;

import io.jobqueue.store.JobStore;
import io.jobqueue.store.contract.HeldClock;
import io.jobqueue.store.contract.JobStoreContract;
import io.jobqueue.testkit.RedisSentinels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisSentinelStoreIT extends JobStoreContract {

    private static RedisSentinels servers;

    @BeforeAll
    static void start() {
        servers = RedisSentinels.start();
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @Override
    protected JobStore open(HeldClock clock) {
        return RedisStore.open(servers.connection(), "jq", new HeldStoreClock(clock));
    }
}
