package io.jobqueue.benchmarks.peers;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Which version of a queue is on the class path. */
final class Versions {

    private Versions() {}

    /** Returns the name of the jar a class is from, which says its version. */
    static String of(Class<?> type) {
        try {
            Path jar = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            return jar.getFileName().toString().replaceAll("\\.jar$", "").replaceFirst("-(\\d)", " $1");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static String java() {
        return "Java " + Runtime.version().feature();
    }
}
