package io.jobqueue.benchmarks.peers;

import io.jobqueue.benchmarks.driver.Peer;
import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A task as Redisson stores and runs it; it finds its handler in the process that runs it. */
public final class RedissonTask implements Callable<String>, Serializable {

    private static final long serialVersionUID = 1;

    private static volatile Peer.@Nullable Handler handler;

    private final String payload;

    RedissonTask(String payload) {
        this.payload = payload;
    }

    static void handleBy(Peer.Handler handler) {
        RedissonTask.handler = handler;
    }

    @Override
    public @Nullable String call() {
        Peer.Handler own = handler;
        if (own == null) {
            throw new IllegalStateException("this process handles no tasks");
        }
        return own.handle(payload);
    }
}
