package io.jobqueue.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.spring.JobHandler;
import io.jobqueue.spring.actuate.JobQueueHealthIndicator;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class RedisIT {

    private final RedisServer redis = RedisServer.start();
    private final ApplicationContextRunner runner = StarterContext.bare()
            .withPropertyValues("jobqueue.store.type=redis")
            .withBean(Greeter.class);

    @AfterEach
    void stopRedis() {
        redis.close();
    }

    @Test
    void jobRunsOnTheRedisOfTheUrl() {
        runner.withPropertyValues("jobqueue.store.redis.url=" + redis.url()).run(context -> {
            assertThat(greet(context)).isEqualTo("Hello Ada");
            Health health = context.getBean(JobQueueHealthIndicator.class).health();
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).extractingByKey("store").asString().contains("127.0.0.1:" + redis.port());
        });
    }

    @Test
    void jobRunsOnTheRedisOfSpringData() {
        runner.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
                .withPropertyValues("spring.data.redis.url=" + redis.url())
                .run(context -> assertThat(greet(context)).isEqualTo("Hello Ada"));
    }

    @Test
    void applicationHealsWhenItsRedisComesUpAfterIt() {
        redis.kill();
        runner.withPropertyValues("jobqueue.store.redis.url=" + redis.url()).run(context -> {
            assertThat(status(context)).isEqualTo(Status.DOWN);
            assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> greet(context));

            redis.startAgain();

            assertThat(greet(context)).isEqualTo("Hello Ada");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(status(context)).isEqualTo(Status.UP));
        });
    }

    private static Status status(ApplicationContext context) {
        return context.getBean(JobQueueHealthIndicator.class).health().getStatus();
    }

    private static @Nullable String greet(ApplicationContext context) {
        return context.getBean(JobQueue.class)
                .enqueueAndWait(JobRequest.of("greet", "Ada").build(), String.class, Duration.ofSeconds(30));
    }

    static class Greeter {
        @JobHandler("greet")
        String greet(String name) {
            return "Hello " + name;
        }
    }
}
