package io.jobqueue.benchmarks.driver;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

/** The durations of one round, in nanoseconds, by their number. */
public final class Timings {

    private static final double NANOS_PER_MILLI = 1e6;

    private final long[] nanos;

    /** Makes room for {@code count} durations. */
    public Timings(int count) {
        this(new long[count]);
    }

    private Timings(long[] nanos) {
        this.nanos = nanos;
    }

    /** Returns these durations. */
    public static Timings of(Collection<Long> nanos) {
        return new Timings(nanos.stream().mapToLong(Long::longValue).toArray());
    }

    /** Returns the durations of all of them. */
    public static Timings together(Collection<Timings> several) {
        return new Timings(
                several.stream().flatMapToLong(one -> Arrays.stream(one.nanos)).toArray());
    }

    /** Sets the duration of a number; safe from any thread, one thread a number. */
    public void set(int number, long duration) {
        nanos[number] = duration;
    }

    /** Adds the median, the 90th and 99th percentile and the longest, in milliseconds; nothing when there are none. */
    public void addTo(Map<String, Double> figures) {
        if (nanos.length == 0) {
            return;
        }
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        figures.put("p50 ms", at(sorted, 0.50));
        figures.put("p90 ms", at(sorted, 0.90));
        figures.put("p99 ms", at(sorted, 0.99));
        figures.put("max ms", at(sorted, 1));
    }

    private static double at(long[] sorted, double part) {
        return sorted[(int) Math.min(sorted.length - 1, sorted.length * part)] / NANOS_PER_MILLI;
    }
}
