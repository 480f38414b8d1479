package io.jobqueue.store.walk;

import io.jobqueue.store.JobStore;
import io.jobqueue.store.contract.HeldClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
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
    private final WholeQueue modelled;
    private final WholeQueue stored;
    private final HeldClock clock;
    private final Sightings sightings = new Sightings();

    /** Both stores run by {@code clock}. */
    public StoreWalk(JobStore model, JobStore store, HeldClock clock) {
        this(model, store, WholeQueue.of(store), clock);
    }

    /** As above; {@code stored} reads the queue from {@code store} in fewer calls. */
    public StoreWalk(JobStore model, JobStore store, WholeQueue stored, HeldClock clock) {
        this.model = model;
        this.store = store;
        this.modelled = WholeQueue.of(model);
        this.stored = stored;
        this.clock = clock;
    }

    /** Returns what has happened in the walks so far. */
    public Sightings sightings() {
        return sightings;
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
                Duration passed = passed(seed, state.random);
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
            compare(seed, number, history, expected, step.call().apply(store));
            String everything = modelled.shown(queue, WalkState.IDS);
            compare(seed, number, history, everything, stored.shown(queue, WalkState.IDS));
            if (number % LOGS_EVERY == 0) {
                compare(seed, number, history, WalkStep.logs(model, queue), WalkStep.logs(store, queue));
            }
            sightings.add(step.kind(), expected, everything);
        }
    }

    /**
     * In every second walk by whole seconds, now and then a millisecond more or less: what is bounded by seconds is
     * then met just before its end, at its end and just after it.
     */
    private static Duration passed(long seed, RandomGenerator random) {
        int most = random.nextInt(3) == 0 ? 40 : 4;
        if (seed % 2 == 1) {
            return Duration.ofMillis(random.nextInt(most * 1000));
        }
        int more = random.nextInt(6);
        return more > 1 ? Duration.ofSeconds(random.nextInt(most)) : Duration.ofMillis(more == 0 ? 1 : 999);
    }

    private static void compare(long seed, int number, Deque<String> history, String expected, String actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("seed " + seed + ", step " + number + ": the stores differ\nlast steps:\n"
                    + String.join("\n", history) + "\n" + difference(expected, actual));
        }
    }

    /**
     * Walks until the stores differ.
     *
     * @return the seed and the step at which they did; empty when they did not
     */
    public Optional<String> firstDifference(int seeds, int steps) {
        for (long seed = 1; seed <= seeds; seed++) {
            try {
                walk(seed, steps);
            } catch (AssertionError e) {
                return String.valueOf(e.getMessage()).lines().findFirst();
            }
        }
        return Optional.empty();
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
