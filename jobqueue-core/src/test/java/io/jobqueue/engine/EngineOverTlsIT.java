package io.jobqueue.engine;

import io.jobqueue.store.redis.RedisConnection;
import io.jobqueue.testkit.SecureRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EngineOverTlsIT extends EngineSuite {

    private static SecureRedis redis;

    @BeforeAll
    static void start() {
        redis = SecureRedis.start();
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
