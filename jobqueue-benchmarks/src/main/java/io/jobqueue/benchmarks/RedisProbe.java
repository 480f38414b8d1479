package io.jobqueue.benchmarks;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/** A connection over which one Redis is asked what it has spent. Its own questions are left out of the answers. */
final class RedisProbe implements AutoCloseable {

    /** Purging the memory of a large server takes seconds. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Jedis redis;
    private final double connectionsBefore;
    private double questions;
    private double answered;

    /** Connects; connections that are there by now are not counted later. */
    RedisProbe(URI url) {
        redis = new Jedis(url, Math.toIntExact(PATIENCE.toMillis()));
        connectionsBefore = info().reading().connections();
    }

    ServerReading.One read() {
        double askedBefore = questions;
        double answeredBefore = answered;
        ServerReading.One all = info().reading();
        return new ServerReading.One(
                all.cpuMicros(),
                all.mainCpuMicros(),
                all.calls() - askedBefore,
                all.memory(),
                all.received(),
                all.sent() - answeredBefore,
                all.connections() - connectionsBefore);
    }

    RedisInfo info() {
        byte[] answer = (byte[]) redis.sendCommand(Protocol.Command.INFO, RedisInfo.SECTIONS);
        questions++;
        answered += answer.length;
        return RedisInfo.parse(new String(answer, StandardCharsets.UTF_8));
    }

    /** Gives unused memory back now, which the allocator would do by and by. */
    void purgeMemory() {
        questions++;
        try {
            redis.sendCommand(Protocol.Command.MEMORY, "PURGE");
        } catch (JedisDataException e) {
            // Not every server lets everybody do so; then it takes longer until it rests.
        }
    }

    /** Begins to count the times of scripts anew. */
    void forgetScripts() {
        redis.configSet("latency-tracking-info-percentiles", "50 99 99.9 99.99 100");
        redis.configResetStat();
        questions = 0;
        answered = 0;
    }

    /** Returns the answer about the times of commands, line by line. */
    Stream<String> commandTimes() {
        questions++;
        return redis.info("latencystats").lines();
    }

    @Override
    public void close() {
        redis.close();
    }
}
