package io.jobqueue.store.redis;

import io.jobqueue.store.contract.HeldClock;
import io.jobqueue.store.memory.MemoryStore;
import io.jobqueue.store.walk.StoreWalk;
import io.jobqueue.testkit.RedisServer;
import org.junit.jupiter.api.Test;

/** Random walks over Redis beside the memory store. More by {@code -Djobqueue.walk.seeds=… -Djobqueue.walk.steps=…}. */
class RedisWalkIT {

    private static final int SEEDS = Integer.getInteger("jobqueue.walk.seeds", 150);
    private static final int STEPS = Integer.getInteger("jobqueue.walk.steps", 200);

    @Test
    void redisAnswersLikeTheModelAtEveryStep() {
        HeldClock clock = new HeldClock();
        try (RedisServer server = RedisServer.start();
                MemoryStore model = new MemoryStore(clock);
                RedisStore store = RedisStore.open(server.connection(), "jq", new HeldStoreClock(clock))) {
            StoreWalk walk = new StoreWalk(model, store, clock);
            for (long seed = 1; seed <= SEEDS; seed++) {
                walk.walk(seed, STEPS);
            }
        }
    }
}
