package io.jobqueue.benchmarks.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A driver in a process of its own, and the orders that are given to it. */
final class PeerProcess implements AutoCloseable {

    private final Process process;
    private final PrintStream orders;
    private final BufferedReader answers;
    private final String version;
    private final CompletableFuture<Process> limit;

    /** Starts a driver, to be killed when it has not ended in time, so that who waits for an answer goes on. */
    PeerProcess(List<String> command, Path log, Duration patience) throws IOException {
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        limit = process.onExit()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(late -> process.destroyForcibly());
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
        version = expect("hello");
    }

    /** Returns name and version of what is driven. */
    String version() {
        return version;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Lets a work be prepared. */
    void prepare(String order) throws IOException {
        orders.println(order);
        expect("ready");
    }

    /** Starts what is measured. */
    void go() {
        orders.println("go");
    }

    /** Returns what was measured, when it is over. */
    Map<String, Double> figures() throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (String figure : expect("figures").split(" ", -1)) {
            int equals = figure.indexOf('=');
            if (equals > 0) {
                figures.put(
                        figure.substring(0, equals).replace('_', ' '),
                        Double.parseDouble(figure.substring(equals + 1)));
            }
        }
        return figures;
    }

    /** Waits until the work is cleaned up. */
    void finish() throws IOException {
        expect("done");
    }

    /** Does a work of which nothing is measured. */
    void just(String order) throws IOException {
        prepare(order);
        go();
        figures();
        finish();
    }

    private String expect(String word) throws IOException {
        String line = answers.readLine();
        if (line == null || !line.startsWith(word)) {
            throw new IOException("expected '" + word + "', the driver said: " + line);
        }
        return line.substring(word.length()).trim();
    }

    @Override
    public void close() {
        orders.close();
        limit.cancel(false);
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
