package io.jobqueue.engine;

import io.jobqueue.store.redis.RedisConnection;
import io.jobqueue.testkit.RedisCluster;
import io.jobqueue.testkit.RedisServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class ClusterFailOverIT extends FailOverSuite {

    private final RedisCluster cluster = RedisCluster.start();

    @AfterEach
    void stop() throws Exception {
        closeEngines();
        cluster.close();
    }

    @Override
    RedisConnection connection() {
        return cluster.connection();
    }

    @Override
    RedisServer master() {
        return cluster.masterOf(TAG);
    }

    @Override
    List<RedisServer> replicas() {
        return List.of(cluster.replicaOf(master()));
    }

    @Override
    RedisServer awaitMasterOtherThan(RedisServer former) {
        return cluster.awaitMasterOtherThan(former, TAG);
    }

    @Override
    void replaceMaster() {
        cluster.failOver(TAG);
        cluster.moveSlot(TAG);
    }

    @Override
    void awaitHealth() {
        cluster.awaitHealth();
    }
}
