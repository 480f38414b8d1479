package io.jobqueue.benchmarks.driver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Drives one peer by orders from standard input until it ends. It first says {@code hello <version>}. A work is
 * ordered by {@code <work> name=value …}; when it is prepared, {@code ready} is answered; the line {@code go} starts
 * what is measured, {@code figures name=value …} ends it. What goes wrong is answered by {@code error <what>}.
 *
 * <p>Works: {@code warmup}, {@code clear}, {@code enqueue}, {@code bulk}, {@code drain}, {@code serve}, {@code produce}
 * and {@code roundtrip}; values: {@code jobs}, {@code bytes}, {@code inflight}, {@code batch}, {@code slots}, {@code
 * keep}, {@code rate}, {@code warmup} and {@code seconds}.
 */
public final class Session {

    static final String QUEUE = "bench";
    private static final int BATCH = 500;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Peer peer;
    private final BufferedReader orders;
    private final PrintStream answers;

    private Session(Peer peer, PrintStream answers) {
        this.peer = peer;
        this.orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        this.answers = answers;
    }

    /** Drives the peer, closes it when the orders end, and ends the process. */
    public static void run(Opening opening) {
        PrintStream answers = System.out;
        // Libraries that print would break the answers.
        System.setOut(System.err);
        int status = 0;
        try (Peer peer = opening.open()) {
            new Session(peer, answers).follow();
        } catch (Exception e) {
            e.printStackTrace();
            answers.println("error " + oneLine(e));
            status = 1;
        }
        System.exit(status);
    }

    private void follow() throws Exception {
        answers.println("hello " + peer.version());
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            Order order = Order.parse(line);
            try (Task task = prepare(order)) {
                answers.println("ready");
                awaitGo();
                long start = System.nanoTime();
                Map<String, Double> figures = new TreeMap<>(task.run());
                figures.put("seconds", (System.nanoTime() - start) / NANOS_PER_SECOND);
                answers.println("figures " + shown(figures));
            }
            answers.println("done");
        }
    }

    private Task prepare(Order order) throws Exception {
        return switch (order.work()) {
            case "warmup" -> new WarmUpTask(peer, order);
            case "clear" -> this::clear;
            case "enqueue" -> new EnqueueTask(peer, order, 1);
            case "bulk" -> new EnqueueTask(peer, order, order.number("batch", BATCH));
            case "drain" -> new DrainTask(peer, order);
            case "serve" -> new ServeTask(peer, order);
            case "produce" -> new ProduceTask(peer, order);
            case "roundtrip" -> new RoundTripTask(peer, order);
            default -> throw new IllegalArgumentException("'" + order.work() + "' is not a work");
        };
    }

    private Map<String, Double> clear() throws Exception {
        peer.clear();
        return Map.of();
    }

    private void awaitGo() throws IOException {
        String line = orders.readLine();
        if (!"go".equals(line)) {
            throw new IllegalStateException("expected 'go', got '" + line + "'");
        }
    }

    private static String shown(Map<String, Double> figures) {
        StringBuilder text = new StringBuilder();
        figures.forEach((name, value) -> text.append(text.isEmpty() ? "" : " ")
                .append(name.replace(' ', '_'))
                .append('=')
                .append(value));
        return text.toString();
    }

    private static String oneLine(Exception e) {
        return String.valueOf(e).replaceAll("\\s+", " ");
    }

    /** Opens the peer. */
    public interface Opening {

        /** Returns the peer, connected to its server. */
        Peer open() throws Exception;
    }
}
