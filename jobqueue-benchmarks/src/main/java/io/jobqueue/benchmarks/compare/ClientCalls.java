package io.jobqueue.benchmarks.compare;

import java.util.concurrent.atomic.AtomicLong;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisMonitor;
import redis.clients.jedis.exceptions.JedisException;

/** Counts the commands that clients send, without those that scripts call. Slows the server down. */
final class ClientCalls implements AutoCloseable {

    private static final String OK = "OK";

    private final AtomicLong calls = new AtomicLong();
    private final Jedis monitor;
    private final Thread reader;

    ClientCalls(Jedis monitor) {
        this.monitor = monitor;
        this.reader = new Thread(this::read, "monitor");
        this.reader.setDaemon(true);
        this.reader.start();
    }

    private void read() {
        try {
            monitor.monitor(new JedisMonitor() {
                @Override
                public void onCommand(String line) {
                    if (!line.contains(" lua] ") && !line.equals(OK)) {
                        calls.incrementAndGet();
                    }
                }
            });
        } catch (JedisException e) {
            // The connection was closed: the count is over.
        }
    }

    long seen() {
        return calls.get();
    }

    @Override
    public void close() {
        monitor.close();
    }
}
