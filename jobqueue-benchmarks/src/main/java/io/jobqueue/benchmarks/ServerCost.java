package io.jobqueue.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the store's servers have spent so far. */
interface ServerCost {

    /** A store without a server. */
    ServerCost NONE = new ServerCost() {
        @Override
        public Reading read() {
            return new Reading(List.of(0.0), 0, 0);
        }

        @Override
        public void forgetScripts() {
            // there are none
        }

        @Override
        public Map<String, Double> scriptMillis() {
            return Map.of();
        }
    };

    /** Returns the readings now. */
    Reading read();

    /** Begins to count the times of scripts anew. */
    void forgetScripts();

    /** Returns how long script calls have held the server up, by percentile; the worst server of several. */
    Map<String, Double> scriptMillis();

    /**
     * One reading.
     *
     * @param cpuMicrosOfEach user and system time of each server
     * @param calls commands their clients have sent
     * @param bytes memory in use
     */
    record Reading(List<Double> cpuMicrosOfEach, double calls, double bytes) {

        double cpuMicros() {
            return cpuMicrosOfEach.stream().mapToDouble(Double::doubleValue).sum();
        }

        double cpuMicrosOfBusiest() {
            return cpuMicrosOfEach.stream()
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(0);
        }

        Reading since(Reading before) {
            List<Double> spent = new ArrayList<>();
            for (int i = 0; i < cpuMicrosOfEach.size(); i++) {
                spent.add(cpuMicrosOfEach.get(i) - before.cpuMicrosOfEach.get(i));
            }
            return new Reading(spent, calls - before.calls, bytes - before.bytes);
        }
    }
}
