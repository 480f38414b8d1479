package io.jobqueue.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jobqueue.testkit.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.FileSystemResource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.resps.Tuple;

/** The packaged sample on virtual threads, with more handlers at once than there could be threads. */
class VirtualThreadsIT {

    private static final int PARCELS = 10_000;
    private static final Duration LEASE = Duration.ofSeconds(3);

    @TempDir
    Path directory;

    private RedisServer redis;
    private SampleProcess process;
    private SampleClient client;

    @BeforeEach
    void start() {
        Path java = ModernJava.home().orElse(null);
        if (java == null) {
            System.out.println("VirtualThreadsIT is skipped: there is no Java 21 or newer beside this one; name one by"
                    + " JOBQUEUE_MODERN_JAVA_HOME");
        }
        assumeTrue(java != null, "a Java 21 or newer");
        redis = RedisServer.start();
        process = SampleProcess.start(
                java,
                directory,
                "--spring.threads.virtual.enabled=true",
                "--spring.profiles.active=redis",
                "--jobqueue.store.redis.url=" + redis.url(),
                "--jobqueue.queues.parcels.concurrency=" + PARCELS,
                "--jobqueue.defaults.lease=" + LEASE.toSeconds() + "s");
        client = process.client();
    }

    @AfterEach
    void stop() {
        if (process != null) {
            process.close();
            redis.close();
        }
    }

    @Test
    void tenThousandHandlersWaitASecondAtOnceWhileLeasesAreRenewed() {
        check(1); // classes are loaded and the connections open
        awaitCompleted(1);

        long begun = System.nanoTime();
        check(PARCELS);
        int most = 0;
        List<Long> leases = new ArrayList<>();
        while (!completed(PARCELS + 1)) {
            leases.addAll(remainingLeases("parcels"));
            most = Math.max(most, active());
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);

        System.out.printf(
                "%,d handlers that wait a second ended in %d ms, at most %,d were seen at once, shortest lease left %d ms of"
                        + " %d%n",
                PARCELS, taken.toMillis(), most, shortest(leases), LEASE.toMillis());
        assertThat(taken).isLessThan(Duration.ofSeconds(10));
        assertThat(shortest(leases)).isGreaterThan(LEASE.toMillis() / 2);
    }

    @Test
    void handlersThatKeepEveryCoreBusyDoNotHoldUpTheRenewal() {
        FileSystemResource photo = new FileSystemResource(Path.of("samples/photo.jpg"));
        for (int i = 0; i < 40; i++) {
            assertThat(client.upload("/thumbnails", "photo", photo).status()).isEqualTo(202);
        }
        check(1_000);

        List<Long> leases = new ArrayList<>();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    leases.addAll(remainingLeases("thumbnails"));
                    leases.addAll(remainingLeases("parcels"));
                    String queues = new String(client.get("/queues").body(), UTF_8);
                    return queues.contains("\"completed\":40") && queues.contains("\"completed\":1000");
                });

        System.out.printf(
                "%d looks at the leases beside 40 photos on every core: the shortest left %d ms of %d%n",
                leases.size(), shortest(leases), LEASE.toMillis());
        assertThat(leases).hasSizeGreaterThan(3); // a machine that is slow takes few looks in the same time
        assertThat(shortest(leases)).isGreaterThan(LEASE.toMillis() / 2);
    }

    private void check(int parcels) {
        assertThat(client.post("/parcels?count=" + parcels).status()).isEqualTo(202);
    }

    private void awaitCompleted(int parcels) {
        await().atMost(Duration.ofSeconds(30)).until(() -> completed(parcels));
    }

    private boolean completed(int parcels) {
        return parcels == count("completed");
    }

    private int active() {
        return count("active");
    }

    private int count(String state) {
        return Integer.parseInt(client.get("/parcels").text(state));
    }

    /** Returns how many milliseconds every session of a queue has left. */
    private List<Long> remainingLeases(String queue) {
        try (Jedis commands = redis.commands()) {
            List<Tuple> sessions = commands.zrangeWithScores("{jq:" + queue + "}:sessions", 0, -1);
            List<String> time = commands.time();
            long now = Long.parseLong(time.get(0)) * 1000 + Long.parseLong(time.get(1)) / 1000;
            return sessions.stream()
                    .map(session -> (long) session.getScore() - now)
                    .toList();
        }
    }

    private static long shortest(List<Long> leases) {
        return leases.stream().mapToLong(Long::longValue).min().orElseThrow();
    }
}
