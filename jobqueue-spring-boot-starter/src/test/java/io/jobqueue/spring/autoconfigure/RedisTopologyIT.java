package io.jobqueue.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.spring.JobHandler;
import io.jobqueue.testkit.RedisCluster;
import io.jobqueue.testkit.RedisSentinels;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Applications whose Redis is more than one server. */
@ExtendWith(OutputCaptureExtension.class)
class RedisTopologyIT {

    private final ApplicationContextRunner runner = StarterContext.onRedis()
            .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
            .withPropertyValues("jobqueue.store.redis.fail-fast=true")
            .withBean(Greeter.class);

    @Test
    void jobRunsOnAClusterHoweverItIsNamed() {
        try (RedisCluster cluster = RedisCluster.start()) {
            String nodes = joined(cluster.nodes());

            assertGreets("jobqueue.store.redis.cluster.nodes=" + nodes);
            assertGreets("spring.data.redis.cluster.nodes=" + nodes);
        }
    }

    @Test
    void jobRunsBehindSentinelsHoweverTheyAreNamed() {
        try (RedisSentinels servers = RedisSentinels.start()) {
            String nodes = joined(servers.sentinels());

            assertGreets(
                    "jobqueue.store.redis.sentinel.master=" + RedisSentinels.MASTER,
                    "jobqueue.store.redis.sentinel.nodes=" + nodes);
            assertGreets(
                    "spring.data.redis.sentinel.master=" + RedisSentinels.MASTER,
                    "spring.data.redis.sentinel.nodes=" + nodes);
        }
    }

    @Test
    void plainTextOverANetworkIsAWarningUnlessItIsAccepted(CapturedOutput output) {
        String elsewhere = "198.51.100.7:26379";
        try (RedisServer server = RedisServer.start();
                RedisServer sentinel = RedisServer.startSentinelOf(server)) {
            String[] properties = {
                "jobqueue.store.redis.sentinel.master=main",
                "jobqueue.store.redis.sentinel.nodes=127.0.0.1:" + sentinel.port() + "," + elsewhere
            };

            runner.withPropertyValues(properties)
                    .withPropertyValues("jobqueue.store.redis.accept-plain-text=true")
                    .run(context -> assertThat(output).doesNotContain("in plain text"));
            runner.withPropertyValues(properties)
                    .run(context -> assertThat(output)
                            .containsOnlyOnce("redis at " + elsewhere + ": is spoken to in plain text"));
        }
    }

    private static String joined(List<?> nodes) {
        return nodes.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    private void assertGreets(String... properties) {
        runner.withPropertyValues(properties)
                .run(context -> assertThat(context.getBean(JobQueue.class)
                                .enqueueAndWait(
                                        JobRequest.of("greet", "Ada").build(), String.class, Duration.ofSeconds(30)))
                        .isEqualTo("Hello Ada"));
    }

    static class Greeter {
        @JobHandler("greet")
        String greet(String name) {
            return "Hello " + name;
        }
    }
}
