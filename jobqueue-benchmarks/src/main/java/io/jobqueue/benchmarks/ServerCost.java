package io.jobqueue.benchmarks;

import java.util.Map;

/** What the store's servers have spent so far. */
interface ServerCost {

    /** A store without a server. */
    ServerCost NONE = new ServerCost() {
        @Override
        public ServerReading read() {
            return ServerReading.NONE;
        }

        @Override
        public void awaitRest() {
            // nothing runs beside this process
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
    ServerReading read();

    /** Waits until the servers have done what earlier work has left to them, such as the freeing of memory. */
    void awaitRest();

    /** Begins to count the times of scripts anew. */
    void forgetScripts();

    /** Returns how long script calls have held the server up, by percentile; the worst server of several. */
    Map<String, Double> scriptMillis();
}
