package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.store.redis.ScriptCalls;
import io.jobqueue.testkit.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/** A hundred idle workers of one queue, in processes of their own, and what they ask of the server. */
@Timeout(120)
@TestMethodOrder(OrderAnnotation.class)
class CrowdIT {

    private static final int PROCESSES = Integer.getInteger("jobqueue.crowd.processes", 4);
    private static final int WORKERS = 100;
    private static final int JOBS = 100;
    private static final double SHORTEST_FALLBACK_SECONDS = 4;
    private static final double SHORTEST_CANDIDACY_SECONDS = 10.0 / 3;

    private static final List<Process> processes = new ArrayList<>();
    private static RedisServer server;
    private static RedisStore store;
    private static JobEngine producer;
    private static ScriptCalls calls;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = RedisServer.start();
        store = RedisStore.open(server.connection(), "jq");
        producer = JobEngine.builder(store).build();
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            CrowdProcess.class.getName(),
                            server.url(),
                            String.valueOf(WORKERS / PROCESSES))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        }
        await("all workers wait for work", CrowdIT::allWait);
        calls = ScriptCalls.of(server);
    }

    @AfterAll
    static void stop() {
        processes.forEach(Process::destroyForcibly);
        calls.close();
        store.close();
        server.close();
    }

    private static boolean allWait() {
        try (Jedis redis = server.commands()) {
            return redis.info("clients").contains("blocked_clients:" + WORKERS);
        }
    }

    private static void await(String what, BooleanSupplier reached) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    @Test
    @Order(1)
    void idleWorkersAskNoMoreThanTheirFallback() {
        calls.clear();
        long begun = System.nanoTime();

        await("two fallback polls a worker", () -> calls.of("claim") >= 2 * WORKERS);

        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                "%d idle workers, calls a second and worker: exchange %.3f, lead %.3f, wait %.3f, all others %.3f; commands"
                        + " of scripts %.2f%n",
                WORKERS,
                rate("exchange", seconds),
                rate("lead", seconds),
                rate("blpop", seconds),
                rateOfOthers(seconds),
                rateInside(seconds));
        assertThat(rate("exchange", seconds)).isLessThanOrEqualTo(1 / SHORTEST_FALLBACK_SECONDS + 0.02);
        assertThat(rate("blpop", seconds)).isLessThanOrEqualTo(1 / SHORTEST_FALLBACK_SECONDS + 0.02);
        assertThat(rate("lead", seconds)).isLessThanOrEqualTo(1 / SHORTEST_CANDIDACY_SECONDS + 0.02);
        assertThat(rateOfOthers(seconds)).as("maintenance by the leader alone").isLessThan(0.2);
    }

    private static double rate(String name, double seconds) {
        return calls.of(name) / seconds / WORKERS;
    }

    private static double rateInside(double seconds) {
        return calls.all().entrySet().stream()
                        .filter(entry -> entry.getKey().contains(" "))
                        .mapToLong(Map.Entry::getValue)
                        .sum()
                / seconds
                / WORKERS;
    }

    private static double rateOfOthers(double seconds) {
        return calls.all().entrySet().stream()
                        .filter(entry -> !entry.getKey().contains(" "))
                        .filter(entry ->
                                !List.of("exchange", "claim", "lead", "blpop").contains(entry.getKey()))
                        .mapToLong(Map.Entry::getValue)
                        .sum()
                / seconds
                / WORKERS;
    }

    @Test
    @Order(2)
    void jobsThatArriveOneByOneAreClaimedWithoutAHerd() {
        List<String> ids = new ArrayList<>();
        calls.clear();
        long begun = System.nanoTime();

        for (int i = 0; i < JOBS; i++) {
            ids.add(enqueue("one-" + i));
            await("job " + i + " is done and all wait again", () -> counts() == ids.size() && allWait());
        }

        tell("one by one", ids, (System.nanoTime() - begun) / 1e9);
    }

    @Test
    @Order(3)
    void jobsThatArriveInARowAreClaimedWithoutAHerd() {
        long before = counts();
        List<String> ids = new ArrayList<>();
        calls.clear();
        long begun = System.nanoTime();

        for (int i = 0; i < 4 * JOBS; i++) {
            long next = begun + i * Duration.ofMillis(5).toNanos();
            while (System.nanoTime() < next) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
            ids.add(enqueue("row-" + i));
        }
        await("all jobs are done", () -> counts() - before == ids.size());

        tell("200 a second", ids, (System.nanoTime() - begun) / 1e9);
    }

    private static String enqueue(String id) {
        JobRequest request = JobRequest.of("type", CrowdProcess.micros())
                .queue(CrowdProcess.QUEUE)
                .id(id)
                .build();
        return producer.jobQueue().enqueue(request).id().value();
    }

    private static long counts() {
        try (Jedis redis = server.commands()) {
            return redis.hlen("{jq:" + CrowdProcess.QUEUE + "}:outcomes");
        }
    }

    /** Polls that would have been made without any job are not the jobs'. */
    private static void tell(String how, List<String> ids, double seconds) {
        double fallback = seconds * WORKERS / SHORTEST_FALLBACK_SECONDS;
        double claims = calls.of("claim") / (double) ids.size();
        long[] waited = ids.stream().mapToLong(CrowdIT::waited).sorted().toArray();
        System.out.printf(
                "%d jobs %s to %d idle workers: %.2f claims a job, of these at most %.2f by the fallback; pick-up p50 %.2f"
                        + " ms, p99 %.2f ms; calls %s%n",
                ids.size(),
                how,
                WORKERS,
                claims,
                fallback / ids.size(),
                waited[waited.length / 2] / 1000.0,
                waited[waited.length * 99 / 100] / 1000.0,
                calls.all());
        assertThat(claims - fallback / ids.size()).as("claims a job").isLessThanOrEqualTo(3);
    }

    private static long waited(String id) {
        JobQueue jobs = producer.jobQueue();
        JobSnapshot job = jobs.find(JobId.of(CrowdProcess.QUEUE, id)).orElseThrow();
        assertThat(job.state()).isEqualTo(JobState.COMPLETED);
        return job.result(Long.class).orElseThrow();
    }
}
