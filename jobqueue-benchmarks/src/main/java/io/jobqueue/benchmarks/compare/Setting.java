package io.jobqueue.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;

/** Where and with what a comparison was run, in one paragraph. */
final class Setting {

    private Setting() {}

    static String of(CompareOptions options, String server) {
        return "Measured on " + LocalDate.now(ZoneId.systemDefault()) + ": " + options.rounds() + " rounds of "
                + options.jobs()
                + " jobs, " + Runtime.getRuntime().availableProcessors() + " cores (" + processor() + "), "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", " + server + " with "
                + (options.aof() ? "an append-only file forced to disk every second" : "nothing on disk")
                + " on the same host, Java " + Runtime.version() + ".";
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
