package io.jobqueue.benchmarks;

import io.jobqueue.QueueOperations;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.testkit.RedisServer;
import java.net.URI;
import java.util.List;

/** A bench on a server that nothing else works on, so that one work can go on by turns on several. */
final class Apart implements AutoCloseable {

    private final Bench bench;
    private final List<Runnable> closing;

    private Apart(Bench bench, List<Runnable> closing) {
        this.bench = bench;
        this.closing = closing;
    }

    /** Starts a server like that of {@code bench}; when that was given by the user, it is the same one. */
    static Apart from(Bench bench) {
        if (!bench.options().ownServer()) {
            return new Apart(bench, List.of());
        }
        RedisServer server = RedisServer.start();
        try {
            RedisCost cost = new RedisCost(List.of(URI.create(server.url())));
            RedisStore store = RedisStore.open(server.connection(), "bench");
            return new Apart(
                    new Bench(
                            store,
                            () -> RedisStore.open(server.connection(), "bench"),
                            cost,
                            bench.options(),
                            bench.round()),
                    List.of(store::close, cost::close, server::close));
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** Erases a queue that others would meet on the same server. */
    void leave(QueueOperations queue) {
        if (closing.isEmpty()) {
            queue.obliterate();
        }
    }

    Bench bench() {
        return bench;
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
    }
}
