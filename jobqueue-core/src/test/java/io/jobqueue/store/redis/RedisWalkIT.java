package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.store.contract.HeldClock;
import io.jobqueue.store.memory.MemoryStore;
import io.jobqueue.store.walk.Sightings;
import io.jobqueue.store.walk.StoreWalk;
import io.jobqueue.testkit.RedisServer;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random walks over Redis beside the memory store. Other lengths by {@code -Djobqueue.walk.seeds=…
 * -Djobqueue.walk.steps=…}; walks of the gate's length or more must also have seen everything that matters.
 */
class RedisWalkIT {

    private static final int GATE_SEEDS = 500;
    private static final int GATE_STEPS = 200;
    private static final int SEEDS = Integer.getInteger("jobqueue.walk.seeds", GATE_SEEDS);
    private static final int STEPS = Integer.getInteger("jobqueue.walk.steps", GATE_STEPS);

    private static final int WALKERS = 2;

    @Test
    void redisAnswersLikeTheModelAtEveryStep() throws Exception {
        Sightings sightings = new Sightings();
        try (RedisServer server = RedisServer.start()) {
            ExecutorService walkers = Executors.newFixedThreadPool(WALKERS);
            List<Future<Sightings>> walks = IntStream.range(0, WALKERS)
                    .mapToObj(walker -> walkers.submit(() -> walk(server, walker)))
                    .toList();
            walkers.shutdown();
            for (Future<Sightings> walk : walks) {
                sightings.addAll(walk.get());
            }
        }

        System.out.println(sightings);
        if (SEEDS >= GATE_SEEDS && STEPS >= GATE_STEPS) {
            assertThat(sightings.missing()).as("what never happened").isEmpty();
            assertThat(sightings.kinds()).isGreaterThanOrEqualTo(20);
        }
    }

    private static Sightings walk(RedisServer server, int walker) {
        HeldClock clock = new HeldClock();
        HeldStoreClock storeClock = new HeldStoreClock(clock);
        try (MemoryStore model = new MemoryStore(clock);
                RedisStore store = RedisStore.open(server.connection(), "jq", storeClock);
                RedisPeek peek = RedisPeek.open(store, server.connection(), "jq", storeClock)) {
            StoreWalk walk = new StoreWalk(model, store, peek, clock);
            for (long seed = 1L + walker; seed <= SEEDS; seed += WALKERS) {
                walk.walk(seed, STEPS);
            }
            return walk.sightings();
        }
    }
}
