package io.jobqueue.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jobqueue.JobRequest;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.testkit.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged sample on virtual threads, which keep no process alive, and without a web server, which would. */
class WithoutWebServerIT {

    private static final int BY_SIGTERM = 143;

    @TempDir
    Path directory;

    @Test
    void idleWorkersKeepTheProcessAliveUntilItIsTerminated() {
        Path java = ModernJava.home().orElse(null);
        if (java == null) {
            System.out.println(
                    "WithoutWebServerIT is skipped: there is no Java 21 or newer beside this one; name one by"
                            + " JOBQUEUE_MODERN_JAVA_HOME");
        }
        assumeTrue(java != null, "a Java 21 or newer");
        try (RedisServer redis = RedisServer.startDurable();
                SampleProcess worker = headless(java, redis);
                SampleProcess producer = headless(java, redis, "--jobqueue.worker.enabled=false");
                RedisStore store = RedisStore.open(redis.connection(), "jq");
                JobEngine elsewhere = JobEngine.builder(store).build()) {

            assertThat(producer.awaitExit()).isZero(); // nothing else of the sample keeps a process alive
            worker.awaitLog("Started SampleApplication");
            JobRequest check = JobRequest.of("parcel-check", Map.of("number", "A-1"))
                    .queue("parcels")
                    .delay(Duration.ofSeconds(1))
                    .build();
            String place = elsewhere.jobQueue().enqueueAndWait(check, String.class, Duration.ofSeconds(30));

            assertThat(place).isNotBlank();
            assertThat(worker.isAlive()).isTrue();
            worker.terminate();
            assertThat(worker.awaitExit()).isEqualTo(BY_SIGTERM);
            assertThat(worker.log().lines().filter(line -> !line.contains("(CVE-"))) // of the server's version
                    .noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR ") || line.contains("Tomcat"));
            assertThat(elsewhere.jobQueue().workers("parcels")).isEmpty();
        }
    }

    private SampleProcess headless(Path java, RedisServer redis, String... more) {
        return SampleProcess.start(java, directory, arguments(redis, more));
    }

    private static String[] arguments(RedisServer redis, String... more) {
        return Stream.concat(
                        Stream.of(
                                "--spring.main.web-application-type=none",
                                "--spring.threads.virtual.enabled=true",
                                "--spring.profiles.active=redis",
                                "--sample.carrier-delay=10ms",
                                "--jobqueue.store.redis.url=" + redis.url()),
                        Stream.of(more))
                .toArray(String[]::new);
    }
}
