package io.jobqueue.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The CPU that processes and the whole machine have used so far, in seconds. */
final class Machine {

    private static final Path STATISTICS = Path.of("/proc/stat");
    private static final double TICKS_PER_SECOND = 100;

    private Machine() {}

    /** Returns what a process and the processes that it started have used. */
    static double used(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
                .mapToDouble(used -> used.toNanos() / 1e9)
                .sum();
    }

    /** Returns what all processes have used; zero where the system does not tell. */
    static double used() {
        if (!Files.isReadable(STATISTICS)) {
            return 0;
        }
        try {
            List<String> words =
                    List.of(Files.readAllLines(STATISTICS).get(0).trim().split(" +", -1));
            // user, nice and system, then irq, softirq and steal; between them stand idle and iowait.
            return Stream.of(1, 2, 3, 6, 7, 8)
                            .mapToDouble(column -> Double.parseDouble(words.get(column)))
                            .sum()
                    / TICKS_PER_SECOND;
        } catch (IOException e) {
            return 0;
        }
    }
}
