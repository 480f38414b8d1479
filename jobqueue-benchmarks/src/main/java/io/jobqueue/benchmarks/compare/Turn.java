package io.jobqueue.benchmarks.compare;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures one work of one contender from outside: what its server, its driver and everybody else used. */
final class Turn {

    private static final double MICROS_PER_SECOND = 1e6;

    private final Servers servers;
    private final Contender contender;
    private final PeerProcess driver;

    Turn(Servers servers, Contender contender, PeerProcess driver) {
        this.servers = servers;
        this.contender = contender;
        this.driver = driver;
    }

    Map<String, Double> run(CompareWork work) throws IOException {
        clear();
        RedisReading empty = servers.reading();
        driver.prepare(work.order());
        Used before = used(List.of(driver));
        RedisReading redis = servers.reading();
        driver.go();
        Map<String, Double> figures = driver.figures();
        RedisReading spent = servers.reading().since(redis);
        Used used = used(List.of(driver)).since(before);
        double bytes = servers.reading().since(empty).bytes();
        driver.finish();
        return complete(figures, spent, used, bytes);
    }

    /** Counts what clients send while jobs are worked off. */
    Map<String, Double> countCalls(CompareWork work) throws IOException {
        clear();
        driver.prepare(work.order());
        try (ClientCalls calls = new ClientCalls(servers.monitor())) {
            driver.go();
            double jobs = driver.figures().getOrDefault("jobs", 1.0);
            servers.redis().ping();
            double seen = calls.seen();
            driver.finish();
            return Map.of("client calls a job", seen / jobs);
        }
    }

    /** Lets another process work while this one enqueues. */
    Map<String, Double> runWith(PeerProcess worker, CompareWork work) throws IOException {
        clear();
        worker.prepare("serve " + work.order());
        driver.prepare("produce " + work.order());
        Used before = used(List.of(driver, worker));
        RedisReading redis = servers.reading();
        worker.go();
        driver.go();
        driver.figures();
        Map<String, Double> figures = worker.figures();
        RedisReading spent = servers.reading().since(redis);
        Used used = used(List.of(driver, worker)).since(before);
        driver.finish();
        worker.finish();
        return complete(figures, spent, used, 0);
    }

    private void clear() throws IOException {
        if (contender.server() == Contender.Server.REDIS) {
            servers.redis().flushAll();
        } else {
            driver.just("clear");
        }
    }

    private Map<String, Double> complete(Map<String, Double> measured, RedisReading spent, Used used, double bytes) {
        Map<String, Double> figures = new LinkedHashMap<>(measured);
        double jobs = measured.getOrDefault("jobs", 1.0);
        double seconds = measured.getOrDefault("seconds", 1.0);
        figures.put("jobs/s", jobs / seconds);
        figures.put("client CPU µs a job", used.drivers() * MICROS_PER_SECOND / jobs);
        figures.put("outsiders' cores", Math.max(0, used.others() / seconds));
        if (contender.server() == Contender.Server.REDIS) {
            figures.put("server CPU µs a job", spent.cpuMicros() / jobs);
            figures.put("commands a job", spent.commands() / jobs);
            figures.put("reads a job", spent.reads() / jobs);
            figures.put("bytes a job", bytes / jobs);
        } else if (contender.server() == Contender.Server.POSTGRES) {
            figures.put("server CPU µs a job", used.postgres() * MICROS_PER_SECOND / jobs);
        }
        return figures;
    }

    private Used used(List<PeerProcess> drivers) {
        double ours =
                drivers.stream().mapToDouble(one -> Machine.used(one.handle())).sum();
        double postgres = servers.postgresSeconds();
        double known = ours + postgres + servers.reading().cpuMicros() / MICROS_PER_SECOND + own();
        return new Used(ours, postgres, Machine.used() - known);
    }

    private static double own() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(java.time.Duration.ZERO)
                        .toNanos()
                / 1e9;
    }

    /**
     * Seconds of CPU.
     *
     * @param drivers of the drivers
     * @param postgres of PostgreSQL
     * @param others of everything that is not part of the comparison
     */
    private record Used(double drivers, double postgres, double others) {

        Used since(Used before) {
            return new Used(drivers - before.drivers, postgres - before.postgres, others - before.others);
        }
    }
}
