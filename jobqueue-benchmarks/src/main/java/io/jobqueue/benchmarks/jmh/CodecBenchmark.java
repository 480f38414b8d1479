package io.jobqueue.benchmarks.jmh;

import io.jobqueue.codec.JacksonPayloadCodec;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a payload of an order of three items costs, as JSON of about 180 bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CodecBenchmark {

    /** One line of an order. */
    public record Item(String article, int count, double price) {}

    /** The payload. */
    public record Order(String number, String customer, List<Item> items) {}

    private final JacksonPayloadCodec codec = new JacksonPayloadCodec();
    private final Order order = new Order(
            "2026-11-0042",
            "Grace Hopper",
            List.of(new Item("lamp", 1, 49.9), new Item("bulb E27", 4, 3.5), new Item("cable 3 m", 2, 7.25)));
    private final byte[] json = codec.write(order);

    /** Writes the payload. */
    @Benchmark
    public byte[] write() {
        return codec.write(order);
    }

    /** Reads the payload. */
    @Benchmark
    public Object read() {
        return Objects.requireNonNull(codec.read(json, Order.class));
    }
}
