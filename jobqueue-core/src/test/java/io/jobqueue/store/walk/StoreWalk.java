package io.jobqueue.store.walk;

import io.jobqueue.store.JobStore;
import io.jobqueue.store.contract.HeldClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes the same random calls on a store and on the model, and compares every answer and everything that can be
 * read after it. A seed repeats a walk exactly.
 */
public final class StoreWalk {

    private static final int REPORTED = 40;
    private static final int LOGS_EVERY = 10;

    private final JobStore model;
    private final JobStore store;
    private final HeldClock clock;

    /** Both stores run by {@code clock}. */
    public StoreWalk(JobStore model, JobStore store, HeldClock clock) {
        this.model = model;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Walks.
     *
     * @throws AssertionError with the seed and the last steps when the stores differ
     */
    public void walk(long seed, int steps) {
        String queue = "walk-" + seed;
        WalkState state = new WalkState(queue, new SplittableRandom(seed));
        Deque<String> history = new ArrayDeque<>();
        for (int number = 0; number < steps; number++) {
            if (state.random.nextInt(4) == 0) {
                Duration passed = Duration.ofMillis(state.random.nextInt(20_000));
                clock.advance(passed);
                history.add("advance " + passed);
            }
            WalkStep step = WalkStep.random(state, clock.instant());
            history.add(step.name());
            while (history.size() > REPORTED) {
                history.remove();
            }
            String expected = step.call().apply(model);
            step.remember().run();
            compare(seed, history, expected, step.call().apply(store));
            compare(seed, history, WalkStep.everything(model, queue), WalkStep.everything(store, queue));
            if (number % LOGS_EVERY == 0) {
                compare(seed, history, WalkStep.logs(model, queue), WalkStep.logs(store, queue));
            }
        }
    }

    private static void compare(long seed, Deque<String> history, String expected, String actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("seed " + seed + ": the stores differ\nlast steps:\n" + String.join("\n", history)
                    + "\n" + difference(expected, actual));
        }
    }

    private static String difference(String expected, String actual) {
        List<String> model = expected.lines().toList();
        List<String> store = actual.lines().toList();
        return IntStream.range(0, Math.max(model.size(), store.size()))
                .mapToObj(i ->
                        i < model.size() && i < store.size() && model.get(i).equals(store.get(i))
                                ? ""
                                : "model: " + (i < model.size() ? model.get(i) : "") + "\nstore: "
                                        + (i < store.size() ? store.get(i) : "") + "\n")
                .collect(Collectors.joining());
    }
}
