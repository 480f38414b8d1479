package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.store.contract.HeldClock;
import io.jobqueue.store.memory.MemoryStore;
import io.jobqueue.store.walk.StoreWalk;
import io.jobqueue.testkit.RedisServer;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The random walk finds a fault of one line in the scripts within the seeds of the gate. */
class FaultyScriptsIT {

    private static final int SEEDS = 500;
    private static final int STEPS = 200;

    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void walkFindsTheFault(ScriptFault fault) {
        HeldClock clock = new HeldClock();
        HeldStoreClock storeClock = new HeldStoreClock(clock);
        String prefix = fault.name().toLowerCase(java.util.Locale.ROOT);

        Optional<String> found;
        try (MemoryStore model = new MemoryStore(clock);
                RedisStore store = RedisStore.open(server.connection(), prefix, storeClock, fault.in(storeClock));
                RedisPeek peek = RedisPeek.open(store, server.connection(), prefix, fault.in(storeClock), storeClock)) {
            found = new StoreWalk(model, store, peek, clock).firstDifference(SEEDS, STEPS);
        }

        System.out.println(fault + ": " + found.orElse("not found"));
        assertThat(found).isPresent();
    }
}
