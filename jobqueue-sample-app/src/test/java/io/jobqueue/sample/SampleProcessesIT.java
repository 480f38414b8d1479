package io.jobqueue.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobqueue.testkit.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two packaged samples on one Redis: they share the rows of an import, and one finishes what a killed one held. */
class SampleProcessesIT {

    private static final int ROWS = 10_000;
    private static final Duration LEASE = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private RedisServer redis;
    private SampleProcess first;
    private SampleProcess second;
    private SampleClient client;

    @BeforeEach
    void start() {
        redis = RedisServer.startDurable();
        first = sample();
        second = sample();
        first.client();
        client = second.client();
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        redis.close();
    }

    @Test
    void everyRowIsBookedOnceAndBothProcessesDidPartOfIt() {
        importRows("shared");

        awaitCompleted(Duration.ofSeconds(60));

        assertThat(first.booked()).isPositive();
        assertThat(second.booked()).isPositive();
        assertThat(booked()).hasSize(ROWS).doesNotHaveDuplicates().isEqualTo(expected("shared"));
    }

    @Test
    void killedProcessLosesNoRowAndTheOtherFinishesWithinLeaseAndSixSeconds() {
        importRows("killed");
        await().atMost(Duration.ofSeconds(30)).until(() -> first.booked() > 500);

        first.kill();
        long killedAt = System.nanoTime();
        assertThat(first.booked() + second.booked()).isLessThan(ROWS);
        awaitCompleted(LEASE.plusSeconds(6).plus(Duration.ofSeconds(20)));
        Duration taken = Duration.ofNanos(System.nanoTime() - killedAt);

        List<String> booked = booked();
        int twice = booked.size() - ROWS;
        System.out.printf("finished %d ms after the kill, %d rows booked twice%n", taken.toMillis(), twice);
        assertThat(Set.copyOf(booked)).isEqualTo(Set.copyOf(expected("killed")));
        assertThat(taken).isLessThan(LEASE.plusSeconds(6));
        assertThat(second.bookedLines()).isNotEmpty();
    }

    private SampleProcess sample() {
        return SampleProcess.start(
                directory,
                "--spring.profiles.active=redis",
                "--jobqueue.store.redis.url=" + redis.url(),
                "--jobqueue.defaults.lease=" + LEASE.toSeconds() + "s");
    }

    private void importRows(String id) {
        String csv = IntStream.rangeClosed(1, ROWS)
                .mapToObj(row -> "A-" + row + ",Ada Lovelace,Desk lamp,1,54.50,EUR")
                .collect(Collectors.joining("\n", "order_id,customer,product,quantity,unit_price,currency\n", "\n"));
        assertThat(client.postCsv("/imports?id=" + id, csv).status()).isEqualTo(202);
    }

    private void awaitCompleted(Duration atMost) {
        await().atMost(atMost)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> new String(client.get("/queues").body(), UTF_8).contains("\"completed\":" + ROWS));
    }

    /** Returns the job of every booking. */
    private List<String> booked() {
        return Stream.of(first, second)
                .flatMap(sample -> sample.bookedLines().stream())
                .map(line -> line.substring(0, line.indexOf(',')))
                .sorted()
                .toList();
    }

    private static List<String> expected(String id) {
        return IntStream.rangeClosed(2, ROWS + 1)
                .mapToObj(line -> id + "-" + line)
                .sorted()
                .toList();
    }
}
