package io.jobqueue.engine;

import io.jobqueue.store.redis.RedisConnection;
import io.jobqueue.testkit.RestrictedRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EngineAsRestrictedUserIT extends EngineSuite {

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
    protected RedisConnection connection() {
        return redis.connection();
    }
}
