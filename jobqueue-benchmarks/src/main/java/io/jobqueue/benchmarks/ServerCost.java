package io.jobqueue.benchmarks;

/** What the store's server has spent so far. */
interface ServerCost {

    /** A store without a server. */
    ServerCost NONE = () -> new Reading(0, 0, 0);

    /** Returns the readings now. */
    Reading read();

    /**
     * One reading.
     *
     * @param cpuMicros user and system time of the server
     * @param calls commands its clients have sent
     * @param bytes memory in use
     */
    record Reading(double cpuMicros, double calls, double bytes) {

        Reading since(Reading before) {
            return new Reading(cpuMicros - before.cpuMicros, calls - before.calls, bytes - before.bytes);
        }
    }
}
