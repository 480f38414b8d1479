package io.jobqueue.engine;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Spreads what many processes would otherwise do at the same moment. Thread-safe when its source is. */
final class Jitter {

    private static final double WIDTH = 0.2;

    private final DoubleSupplier random;

    /** Uses numbers from 0 (inclusive) to 1 (exclusive). */
    Jitter(DoubleSupplier random) {
        this.random = random;
    }

    /** Returns a number from 0 (inclusive) to 1 (exclusive). */
    double spread() {
        return random.getAsDouble();
    }

    /** Returns {@code middle}, give or take up to a fifth. */
    Duration around(Duration middle) {
        double factor = 1 - WIDTH + 2 * WIDTH * random.getAsDouble();
        return Duration.ofNanos((long) (middle.toNanos() * factor));
    }

    /** Returns a part of {@code longest}, evenly spread. */
    Duration upTo(Duration longest) {
        return Duration.ofNanos((long) (longest.toNanos() * random.getAsDouble()));
    }
}
