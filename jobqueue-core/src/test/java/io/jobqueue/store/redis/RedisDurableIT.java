package io.jobqueue.store.redis;

import io.jobqueue.Durability;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.contract.DurableStoreContract;
import io.jobqueue.store.contract.HeldClock;
import io.jobqueue.testkit.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisDurableIT extends DurableStoreContract {

    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.startDurable();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected JobStore open(HeldClock clock) {
        return RedisStore.open(server.connection(), "jq", new HeldStoreClock(clock));
    }

    @Override
    public Durability confirmable() {
        return Durability.AOF;
    }
}
