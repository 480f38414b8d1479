package io.jobqueue.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds a Java that has virtual threads: the one that runs, else one that is installed beside it. */
final class ModernJava {

    private static final int VIRTUAL_THREADS = 21;

    private ModernJava() {}

    /** Returns its home, or empty when there is none. */
    static Optional<Path> home() {
        Path own = Path.of(System.getProperty("java.home"));
        if (Runtime.version().feature() >= VIRTUAL_THREADS) {
            return Optional.of(own);
        }
        String named = System.getenv("JOBQUEUE_MODERN_JAVA_HOME");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        try (Stream<Path> beside = Files.list(own.toRealPath().getParent())) {
            return beside.filter(home -> feature(home) >= VIRTUAL_THREADS)
                    .max(Comparator.comparingInt(ModernJava::feature));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static int feature(Path home) {
        try (Stream<String> lines = Files.lines(home.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("JAVA_VERSION=\"([0-9]+).*", "$1"))
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | NumberFormatException e) {
            return 0; // not the home of a Java
        }
    }
}
