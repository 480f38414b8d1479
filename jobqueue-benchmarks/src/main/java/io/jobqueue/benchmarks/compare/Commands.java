package io.jobqueue.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How drivers are started; what is missing on this machine is told by the script that starts the comparison. */
final class Commands {

    private static final String PACKAGES = "io.jobqueue.benchmarks.";

    private final String java = ProcessHandle.current().info().command().orElse("java");

    /** Returns why drivers of a kind cannot run here, or empty. */
    Optional<String> missing(Contender.Platform platform) {
        return switch (platform) {
            case OWN -> Optional.empty();
            case PEERS -> setting("compare.peers.missing");
            case NODE -> setting("compare.node.missing");
        };
    }

    List<String> driver(Contender contender, String url) {
        return switch (contender.platform()) {
            case OWN -> java(System.getProperty("java.class.path"), "JobQueuePeer", url);
            case PEERS -> java(peers(), "peers.JavaDriver", contender.id(), url);
            case NODE -> List.of(required("compare.node"), required("compare.node.driver"), contender.id(), url);
        };
    }

    List<String> postgres() {
        return java(peers(), "peers.Postgres");
    }

    private static String peers() {
        return required("compare.peers");
    }

    private List<String> java(String classPath, String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(java, "-Xmx1500m", "-cp", classPath, PACKAGES + main));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Optional<String> setting(String name) {
        return Optional.ofNullable(System.getProperty(name)).filter(value -> !value.isBlank());
    }

    private static String required(String name) {
        return setting(name).orElseThrow(() -> new IllegalStateException(name + " is not set; start compare.sh"));
    }
}
