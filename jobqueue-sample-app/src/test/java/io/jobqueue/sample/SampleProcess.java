package io.jobqueue.sample;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.web.client.RestClientException;

/** The packaged sample in a process of its own, on a free port. */
final class SampleProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    private final Path directory;
    private final int port;
    private final Process process;

    private SampleProcess(Path directory, int port, Process process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /**
     * Starts the sample.
     *
     * @param directory its working directory
     * @param arguments more of its command line
     */
    static SampleProcess start(Path directory, String... arguments) {
        return start(Path.of(System.getProperty("java.home")), directory, arguments);
    }

    /** Starts the sample with the Java of {@code javaHome}. */
    static SampleProcess start(Path javaHome, Path directory, String... arguments) {
        return start(javaHome, List.of("-Xmx300m"), directory, arguments);
    }

    /** Starts the sample with the code that was generated ahead of time. */
    static SampleProcess startAheadOfTime(Path directory, String... arguments) {
        return start(
                Path.of(System.getProperty("java.home")),
                List.of("-Xmx300m", "-Dspring.aot.enabled=true"),
                directory,
                arguments);
    }

    private static SampleProcess start(Path javaHome, List<String> options, Path directory, String... arguments) {
        int port = freePort();
        List<String> command =
                new ArrayList<>(List.of(javaHome.resolve("bin/java").toString()));
        command.addAll(options);
        command.addAll(List.of("-jar", jar().toString(), "--server.port=" + port, "--sample.directory=" + directory));
        command.addAll(Arrays.asList(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("sample-" + port + ".log").toFile())
                    .start();
            return new SampleProcess(directory, port, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the sample answers, and returns how to speak to it. */
    SampleClient client() {
        SampleClient client = new SampleClient(port);
        await().atMost(START).until(() -> answers(client));
        return client;
    }

    /** Returns what the process has logged until now. */
    String log() {
        try {
            return Files.readString(directory.resolve("sample-" + port + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the process has logged a text. */
    void awaitLog(String text) {
        await().atMost(START).until(() -> {
            if (!process.isAlive() && !log().contains(text)) {
                throw new IllegalStateException("the sample ended without '" + text + "'; see sample-" + port + ".log");
            }
            return log().contains(text);
        });
    }

    /** Returns how many orders this process has booked. */
    long booked() {
        return bookedLines().size();
    }

    /** Returns a line for every order this process has booked. */
    List<String> bookedLines() {
        Path file = directory.resolve("orders-" + process.pid() + ".csv");
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process by SIGKILL. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Asks the process to end, by SIGTERM, and goes on. */
    void terminate() {
        process.destroy();
    }

    /** Waits for the end of the process, and returns its exit code. */
    int awaitExit() {
        awaitEnd();
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        terminate();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("sample " + process.pid() + " did not end within a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean answers(SampleClient client) {
        if (!process.isAlive()) {
            throw new IllegalStateException("the sample did not start; see sample-" + port + ".log");
        }
        try {
            return client.get("/").status() == 200;
        } catch (RestClientException e) {
            return false;
        }
    }

    private static Path jar() {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().endsWith("-exec.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no packaged sample in target; run mvn verify"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
