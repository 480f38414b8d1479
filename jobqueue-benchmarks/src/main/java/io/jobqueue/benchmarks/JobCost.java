package io.jobqueue.benchmarks;

import io.jobqueue.benchmarks.ServerReading.One;
import io.jobqueue.benchmarks.driver.Timings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What jobs have cost, in the figures that every work has of them and under the same names. Adds up over several
 * stretches of the same work. For one thread.
 */
final class JobCost {

    private final Map<String, List<Timings>> times = new LinkedHashMap<>();
    private Meter.@Nullable Spent spent;
    private double jobs;

    /** Adds a stretch in which so many jobs were enqueued, worked off, or both. */
    JobCost add(Meter.Spent stretch, double ofJobs) {
        Meter.Spent before = spent;
        spent = before == null ? stretch : before.plus(stretch);
        jobs += ofJobs;
        return this;
    }

    /** Adds durations of the stretch; {@code what} says of what. */
    JobCost time(String what, Timings timings) {
        times.computeIfAbsent(what, key -> new ArrayList<>()).add(timings);
        return this;
    }

    double serverMicros() {
        return total().server().sum(One::cpuMicros);
    }

    private Meter.Spent total() {
        Meter.Spent total = spent;
        if (total == null) {
            throw new IllegalStateException("nothing was measured");
        }
        return total;
    }

    Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("jobs/s", jobs / total().seconds());
        times.forEach((what, timings) -> {
            Map<String, Double> millis = new LinkedHashMap<>();
            Timings.together(timings).addTo(millis);
            millis.forEach((name, value) -> figures.put(name + " " + what, value));
        });
        addServer(total().server(), figures);
        figures.put("client CPU µs a job", total().clientMicros() / jobs);
        return figures;
    }

    private void addServer(ServerReading server, Map<String, Double> figures) {
        if (server.servers().isEmpty()) {
            return;
        }
        figures.put("round trips a job", server.sum(One::calls) / jobs);
        figures.put("server CPU µs a job", server.sum(One::cpuMicros) / jobs);
        double main = server.sum(One::mainCpuMicros);
        if (!Double.isNaN(main)) {
            figures.put("server CPU µs a job, main thread", main / jobs);
        }
        if (server.servers().size() > 1) {
            figures.put("server CPU µs a job, busiest server", server.most(One::cpuMicros) / jobs);
        }
        figures.put("server memory bytes a job", server.sum(One::memory) / jobs);
        figures.put("network bytes a job to the server", server.sum(One::received) / jobs);
        figures.put("network bytes a job from the server", server.sum(One::sent) / jobs);
        figures.put("connections, most of a server", server.most(One::connections));
    }

    /** Adds the figures to those of a round, all behind {@code prefix}. */
    void addTo(Map<String, Double> round, String prefix) {
        figures().forEach((name, value) -> round.put(prefix + name, value));
    }
}
