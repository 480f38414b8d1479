package io.jobqueue.engine;

import io.jobqueue.store.redis.RedisConnection;
import io.jobqueue.testkit.RedisSentinels;
import io.jobqueue.testkit.RedisServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class SentinelFailOverIT extends FailOverSuite {

    private final RedisSentinels servers = RedisSentinels.start();

    @AfterEach
    void stop() throws Exception {
        closeEngines();
        servers.close();
    }

    @Override
    RedisConnection connection() {
        return servers.connection();
    }

    @Override
    RedisServer master() {
        return servers.master();
    }

    @Override
    List<RedisServer> replicas() {
        RedisServer master = master();
        return servers.servers().stream().filter(server -> server != master).toList();
    }

    @Override
    RedisServer awaitMasterOtherThan(RedisServer former) {
        return servers.awaitMasterOtherThan(former);
    }

    @Override
    void replaceMaster() {
        servers.failOver();
    }

    @Override
    void awaitHealth() {
        servers.awaitHealth();
    }
}
