package io.jobqueue.store.redis;

import io.jobqueue.Backoff;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of a record that only Java reads.
 *
 * <pre>
 * flags      1 byte: which options follow
 * type       length, UTF-8
 * length     4 bytes: of the options                     any flag
 * attempts   4 bytes                                     flag 1
 * backoff    initial 6, multiplier 8, max 6, jitter 8    flag 2
 * increment  6 bytes, milliseconds, of the backoff       flag 32
 * timeout    6 bytes, milliseconds                       flag 4
 * retention  6 bytes, milliseconds                       flag 8
 * headers    count, then name and value each             flag 16
 * payload    the rest
 * </pre>
 */
final class SpecFormat {

    private static final int ATTEMPTS = 1;
    private static final int BACKOFF = 2;
    private static final int TIMEOUT = 4;
    private static final int RETENTION = 8;
    private static final int HEADERS = 16;
    private static final int INCREMENT = 32;

    private static final int MILLIS = 6;
    private static final int OVERHEAD = 32;

    private SpecFormat() {}

    static byte[] write(JobSpec spec) {
        int flags = flagsOf(spec.options());
        BinaryWriter writer =
                new BinaryWriter(spec.payload().length + spec.type().length() + OVERHEAD);
        writer.number(flags, 1).text(spec.type());
        if (flags != 0) {
            byte[] options = write(spec.options());
            writer.number(options.length, Integer.BYTES).rest(options);
        }
        return writer.rest(spec.payload()).toBytes();
    }

    private static byte[] write(JobOptions options) {
        BinaryWriter writer = new BinaryWriter(2 * OVERHEAD);
        if (options.maxAttempts() != null) {
            writer.number(options.maxAttempts(), Integer.BYTES);
        }
        if (options.backoff() != null) {
            write(options.backoff(), writer);
        }
        if (options.timeout() != null) {
            writer.number(options.timeout().toMillis(), MILLIS);
        }
        if (options.retention() != null) {
            writer.number(options.retention().toMillis(), MILLIS);
        }
        if (!options.headers().isEmpty()) {
            writer.count(options.headers().size());
            options.headers().forEach((name, value) -> writer.text(name).text(value));
        }
        return writer.toBytes();
    }

    static JobSpec read(BinaryReader reader, int priority) {
        int flags = (int) reader.number(1);
        String type = reader.text();
        JobOptions options = flags == 0 ? JobOptions.NONE : readOptions(flags, reader);
        return new JobSpec(type, reader.rest(), priority, options);
    }

    private static int flagsOf(JobOptions options) {
        return (options.maxAttempts() != null ? ATTEMPTS : 0)
                | (options.backoff() != null ? BACKOFF : 0)
                | (isLinear(options.backoff()) ? INCREMENT : 0)
                | (options.timeout() != null ? TIMEOUT : 0)
                | (options.retention() != null ? RETENTION : 0)
                | (options.headers().isEmpty() ? 0 : HEADERS);
    }

    private static void write(Backoff backoff, BinaryWriter writer) {
        writer.number(backoff.initial().toMillis(), MILLIS)
                .number(Double.doubleToLongBits(backoff.multiplier()), Long.BYTES)
                .number(backoff.max().toMillis(), MILLIS)
                .number(Double.doubleToLongBits(backoff.jitter()), Long.BYTES);
        if (isLinear(backoff)) {
            writer.number(backoff.increment().toMillis(), MILLIS);
        }
    }

    private static boolean isLinear(@Nullable Backoff backoff) {
        return backoff != null && !backoff.increment().isZero();
    }

    private static JobOptions readOptions(int flags, BinaryReader reader) {
        reader.number(Integer.BYTES);
        return new JobOptions(
                (flags & ATTEMPTS) != 0 ? reader.signed() : null,
                (flags & BACKOFF) != 0 ? readBackoff(flags & INCREMENT, reader) : null,
                readMillis(flags & TIMEOUT, reader),
                readMillis(flags & RETENTION, reader),
                (flags & HEADERS) != 0 ? readHeaders(reader) : Map.of());
    }

    private static @Nullable Duration readMillis(int flag, BinaryReader reader) {
        return flag != 0 ? Duration.ofMillis(reader.number(MILLIS)) : null;
    }

    private static Backoff readBackoff(int linear, BinaryReader reader) {
        Duration initial = Duration.ofMillis(reader.number(MILLIS));
        double multiplier = Double.longBitsToDouble(reader.number(Long.BYTES));
        Duration max = Duration.ofMillis(reader.number(MILLIS));
        double jitter = Double.longBitsToDouble(reader.number(Long.BYTES));
        Duration increment = linear != 0 ? Duration.ofMillis(reader.number(MILLIS)) : Duration.ZERO;
        return new Backoff(initial, multiplier, increment, max, jitter);
    }

    private static Map<String, String> readHeaders(BinaryReader reader) {
        int count = reader.count();
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            headers.put(reader.text(), reader.text());
        }
        return headers;
    }
}
