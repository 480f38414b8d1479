package io.jobqueue.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the servers of a store have spent so far, or over a stretch of work.
 *
 * @param servers each server, always in the same order; none when the store has no server
 */
record ServerReading(List<One> servers) {

    /** The reading of a store without a server. */
    static final ServerReading NONE = new ServerReading(List.of());

    /**
     * One server.
     *
     * @param cpuMicros user and system time of all its threads
     * @param mainCpuMicros user and system time of its main thread; not a number when it does not tell
     * @param calls commands its clients have sent
     * @param memory bytes in use
     * @param received bytes that came over the network
     * @param sent bytes that went over the network
     * @param connections open ones
     */
    record One(
            double cpuMicros,
            double mainCpuMicros,
            double calls,
            double memory,
            double received,
            double sent,
            double connections) {

        private One since(One before) {
            return new One(
                    cpuMicros - before.cpuMicros,
                    mainCpuMicros - before.mainCpuMicros,
                    calls - before.calls,
                    memory - before.memory,
                    received - before.received,
                    sent - before.sent,
                    connections);
        }

        private One plus(One more) {
            return new One(
                    cpuMicros + more.cpuMicros,
                    mainCpuMicros + more.mainCpuMicros,
                    calls + more.calls,
                    memory + more.memory,
                    received + more.received,
                    sent + more.sent,
                    Math.max(connections, more.connections));
        }
    }

    /** Combines two readings of a server. */
    private interface Combination {

        One of(One one, One other);
    }

    double sum(ToDoubleFunction<One> what) {
        return servers.stream().mapToDouble(what).sum();
    }

    double most(ToDoubleFunction<One> what) {
        return servers.stream().mapToDouble(what).max().orElse(0);
    }

    /** Returns what was spent since an earlier reading; connections are those of this one. */
    ServerReading since(ServerReading before) {
        return with(before, One::since);
    }

    /** Returns what two stretches have spent together, and the most connections of either. */
    ServerReading plus(ServerReading more) {
        return with(more, One::plus);
    }

    private ServerReading with(ServerReading other, Combination combination) {
        List<One> combined = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            combined.add(combination.of(servers.get(i), other.servers.get(i)));
        }
        return new ServerReading(combined);
    }
}
