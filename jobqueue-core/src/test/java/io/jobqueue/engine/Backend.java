package io.jobqueue.engine;

import io.jobqueue.store.JobStore;
import io.jobqueue.store.memory.MemoryStore;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.testkit.RedisServer;

/** The stores that an application sees the same queue on. */
enum Backend {
    MEMORY {
        @Override
        JobStore open(RedisServer server) {
            return new MemoryStore();
        }
    },
    REDIS {
        @Override
        JobStore open(RedisServer server) {
            return RedisStore.open(server.connection(), "jq");
        }
    };

    /** Opens an empty store; {@code server} is one that holds nothing. */
    abstract JobStore open(RedisServer server);
}
