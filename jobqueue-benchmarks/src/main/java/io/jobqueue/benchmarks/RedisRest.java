package io.jobqueue.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits until servers do no more of what is left to them after the answers: big keys are freed by a thread of their own,
 * and the allocator gives memory back by and by. Both would be counted as CPU of what is measured next.
 */
final class RedisRest {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double MOST_BUSY = 0.01;
    private static final double NANOS_PER_MICRO = 1e3;

    private RedisRest() {}

    /** Returns when none has used more than a hundredth of a core for half a second, after a minute at the latest. */
    static void await(List<RedisProbe> servers) {
        servers.forEach(RedisProbe::purgeMemory);
        long begun = System.nanoTime();
        while (true) {
            long from = System.nanoTime();
            double[] before = cpuMicros(servers);
            LockSupport.parkNanos(LOOK.toNanos());
            double busiest = busiest(before, cpuMicros(servers)) * NANOS_PER_MICRO / (System.nanoTime() - from);
            boolean background =
                    servers.stream().anyMatch(server -> server.info().worksInBackground());
            if (busiest <= MOST_BUSY && !background) {
                return;
            }
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                System.out.println(String.format(
                        Locale.ROOT,
                        "the server has not come to rest in %d s: %.1f %% of a core%s",
                        PATIENCE.toSeconds(),
                        100 * busiest,
                        background ? ", and works in the background" : ""));
                return;
            }
        }
    }

    private static double[] cpuMicros(List<RedisProbe> servers) {
        return servers.stream().mapToDouble(server -> server.info().cpuMicros()).toArray();
    }

    private static double busiest(double[] before, double[] now) {
        double most = 0;
        for (int i = 0; i < now.length; i++) {
            most = Math.max(most, now[i] - before[i]);
        }
        return most;
    }
}
