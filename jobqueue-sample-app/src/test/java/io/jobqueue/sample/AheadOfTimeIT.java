package io.jobqueue.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobqueue.testkit.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged sample with the code that process-aot has generated, on the JVM. */
class AheadOfTimeIT {

    @TempDir
    Path directory;

    @Test
    void sampleThatWasProcessedAheadOfTimeRunsItsJobsOnRedis() {
        try (RedisServer redis = RedisServer.start();
                SampleProcess sample = SampleProcess.startAheadOfTime(
                        directory, "--spring.profiles.active=redis", "--jobqueue.store.redis.url=" + redis.url())) {
            SampleClient client = sample.client();

            Answer accepted = client.postCsv("/imports?id=aot", """
                    order_id,customer,product,quantity,unit_price,currency
                    A-1,Ada Lovelace,Desk lamp,1,54.50,EUR
                    """);

            assertThat(accepted.status()).isEqualTo(202);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> new String(client.get("/queues").body(), UTF_8).contains("\"completed\":1"));
            assertThat(sample.bookedLines()).singleElement().asString().startsWith("aot-2,");
            assertThat(sample.log())
                    .contains("Starting AOT-processed SampleApplication")
                    .contains("Jobs are kept in the Redis at 127.0.0.1:" + redis.port());
        }
    }
}
