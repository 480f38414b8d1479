package io.jobqueue.benchmarks.peers;

import io.jobqueue.benchmarks.driver.Peer;
import io.jobqueue.benchmarks.driver.Session;
import java.util.Map;

/** Drives one of the Java queues: {@code JavaDriver <peer> <URL of its server>}. */
public final class JavaDriver {

    private static final Map<String, Opening> PEERS = Map.of(
            "rqueue", RqueuePeer::new,
            "redisson", RedissonQueuePeer::new,
            "redisson-executor", RedissonExecutorPeer::new,
            "jobrunr", JobRunrPeer::new,
            "db-scheduler", DbSchedulerPeer::new);

    private JavaDriver() {}

    /** Follows the orders of standard input. */
    public static void main(String[] arguments) {
        Opening opening = PEERS.get(arguments[0]);
        if (opening == null) {
            throw new IllegalArgumentException(arguments[0] + ": give one of " + PEERS.keySet());
        }
        Session.run(() -> opening.open(arguments[1]));
    }

    private interface Opening {

        Peer open(String url) throws Exception;
    }
}
