package io.jobqueue.engine;

import io.jobqueue.store.redis.RedisConnection;
import io.jobqueue.testkit.RedisSentinels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EngineOnSentinelIT extends EngineSuite {

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
    protected RedisConnection connection() {
        return servers.connection();
    }
}
