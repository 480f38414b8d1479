package io.jobqueue.benchmarks;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the cost of one Redis, or of the masters of a cluster, from {@code INFO}. */
final class RedisCost implements ServerCost, AutoCloseable {

    private static final String SCRIPT_TIMES = "latency_percentiles_usec_evalsha:";
    private static final double MICROS_PER_MILLI = 1e3;

    private final List<RedisProbe> servers;

    /** Reads the servers that listen at these addresses; to be opened before the store, whose connections it counts. */
    RedisCost(List<URI> urls) {
        servers = urls.stream().map(RedisProbe::new).toList();
    }

    @Override
    public ServerReading read() {
        return new ServerReading(servers.stream().map(RedisProbe::read).toList());
    }

    @Override
    public void awaitRest() {
        RedisRest.await(servers);
    }

    @Override
    public void forgetScripts() {
        servers.forEach(RedisProbe::forgetScripts);
    }

    @Override
    public Map<String, Double> scriptMillis() {
        Map<String, Double> worst = new LinkedHashMap<>();
        for (RedisProbe server : servers) {
            server.commandTimes()
                    .filter(line -> line.startsWith(SCRIPT_TIMES))
                    .flatMap(line ->
                            Stream.of(line.substring(SCRIPT_TIMES.length()).split(",", -1)))
                    .forEach(percentile -> {
                        int equals = percentile.indexOf('=');
                        worst.merge(
                                "script calls, ms, " + percentile.substring(0, equals),
                                Double.parseDouble(percentile.substring(equals + 1)) / MICROS_PER_MILLI,
                                Math::max);
                    });
        }
        return worst;
    }

    @Override
    public void close() {
        servers.forEach(RedisProbe::close);
    }
}
