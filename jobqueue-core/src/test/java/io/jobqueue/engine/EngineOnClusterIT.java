package io.jobqueue.engine;

import io.jobqueue.store.redis.RedisConnection;
import io.jobqueue.testkit.RedisCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EngineOnClusterIT extends EngineSuite {

    private static RedisCluster servers;

    @BeforeAll
    static void start() {
        servers = RedisCluster.start();
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
