package io.jobqueue.engine;

import io.jobqueue.store.redis.RedisConnection;
import io.jobqueue.testkit.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EngineOnStandaloneIT extends EngineSuite {

    private static RedisServer servers;

    @BeforeAll
    static void start() {
        servers = RedisServer.start();
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
