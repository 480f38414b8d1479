package io.jobqueue.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a user's local Maven repository is after {@code mvn install}: everything this build has fetched, by links, and
 * what it has just built. Nothing of this project is put into the repository of whoever builds.
 */
final class LocalRepository {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private LocalRepository() {}

    /** Makes one in an empty directory. */
    static void makeIn(Path directory) throws IOException {
        Path fetched = Path.of(System.getProperty("jobqueue.local-repository"));
        linkAll(fetched, directory, "io");
        Path io = Files.createDirectories(directory.resolve("io"));
        linkAll(fetched.resolve("io"), io, "jobqueue");
        install(io, "jobqueue-parent", ROOT.resolve("pom.xml"), null);
        for (String module : List.of("jobqueue-core", "jobqueue-spring-boot-starter")) {
            install(io, module, ROOT.resolve(module + "/pom.xml"), ROOT.resolve(module + "/target"));
        }
    }

    private static void linkAll(Path from, Path to, String butOne) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (!name.equals(butOne)) {
                    Files.createSymbolicLink(to.resolve(name), entry);
                }
            }
        }
    }

    private static void install(Path io, String artifact, Path pom, @Nullable Path target) throws IOException {
        String version = System.getProperty("jobqueue.version");
        String name = artifact + "-" + version;
        Path place =
                Files.createDirectories(io.resolve("jobqueue").resolve(artifact).resolve(version));
        Files.copy(pom, place.resolve(name + ".pom"));
        if (target != null) {
            Files.copy(target.resolve(name + ".jar"), place.resolve(name + ".jar"));
        }
    }
}
