package io.jobqueue.store.redis;

import io.jobqueue.store.JobStore;
import io.jobqueue.store.contract.HeldClock;
import io.jobqueue.store.contract.JobStoreContract;
import io.jobqueue.testkit.RestrictedRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisAclStoreIT extends JobStoreContract {

    private static RestrictedRedis redis;

    @BeforeAll
    static void start() {
        redis = RestrictedRedis.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Override
    protected JobStore open(HeldClock clock) {
        return RedisStore.open(redis.connection(), "jq", new HeldStoreClock(clock));
    }
}
