package io.jobqueue.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server program that tests run: the one {@code JOBQUEUE_REDIS_SERVER} names, else {@code redis-server} or
 * {@code valkey-server} on the PATH, else the Redis 7.0.15 inside {@code org.signal:embedded-redis}.
 */
final class RedisBinary {

    private static @Nullable Path found;

    private RedisBinary() {}

    static synchronized Path path() {
        if (found == null) {
            found = named().or(RedisBinary::onPath).orElseGet(RedisBinary::unpacked);
        }
        return found;
    }

    private static Optional<Path> named() {
        return Optional.ofNullable(System.getenv("JOBQUEUE_REDIS_SERVER"))
                .filter(name -> !name.isBlank())
                .map(Path::of);
    }

    private static Optional<Path> onPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return List.of("redis-server", "valkey-server").stream()
                .flatMap(name ->
                        List.of(path.split(java.io.File.pathSeparator)).stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path unpacked() {
        String name = "/redis-server-7.0.15-" + system() + "-" + processor();
        try (InputStream stream = RedisBinary.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("no Redis for tests: the Maven artifact has none for this machine ("
                        + name + "); install redis-server or set JOBQUEUE_REDIS_SERVER");
            }
            Path file = Files.createTempFile("redis-server-", "");
            Files.write(file, stream.readAllBytes());
            if (!file.toFile().setExecutable(true)) {
                throw new IllegalStateException(file + " cannot be made executable; set JOBQUEUE_REDIS_SERVER");
            }
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    }

    private static String processor() {
        String processor = System.getProperty("os.arch");
        return processor.equals("aarch64") ? "arm64" : processor.equals("x86_64") ? "amd64" : processor;
    }
}
