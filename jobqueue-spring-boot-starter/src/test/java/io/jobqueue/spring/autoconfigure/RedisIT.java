package io.jobqueue.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.spring.JobHandler;
import io.jobqueue.spring.actuate.JobQueueHealthIndicator;
import io.jobqueue.testkit.LoadingServer;
import io.jobqueue.testkit.RedisServer;
import io.jobqueue.testkit.TlsKeys;
import io.jobqueue.testkit.TlsKeys.Holder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import redis.clients.jedis.Jedis;

class RedisIT {

    private final RedisServer redis = RedisServer.start();
    private final ApplicationContextRunner runner = StarterContext.onRedis().withBean(Greeter.class);

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

    @Test
    void applicationWithADurableQueueStartsWhileItsRedisLoadsItsFile() {
        try (LoadingServer loading = LoadingServer.start()) {
            loading.startAgain();
            runner.withPropertyValues(
                            "jobqueue.store.redis.url=" + loading.server().url(),
                            "jobqueue.queues.letters.durability=replica(1)")
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        assertThatExceptionOfType(StoreUnavailableException.class)
                                .isThrownBy(() -> greet(context))
                                .withMessageContaining("LOADING");

                        loading.finish();

                        await().atMost(Duration.ofSeconds(30))
                                .ignoreException(StoreUnavailableException.class)
                                .untilAsserted(() -> assertThat(greet(context)).isEqualTo("Hello Ada"));
                    });
        }
    }

    @Test
    void serverThatMayEvictJobsStopsTheStartWithWhatToDo() {
        try (RedisServer evicting = RedisServer.start("--maxmemory-policy", "allkeys-lru")) {
            ApplicationContextRunner jobs = runner.withPropertyValues("jobqueue.store.redis.url=" + evicting.url());

            jobs.run(context -> {
                FailureAnalysis analysis = StartFailure.analysisOf(context);
                assertThat(analysis.getDescription()).contains("127.0.0.1:" + evicting.port(), "allkeys-lru");
                assertThat(analysis.getAction())
                        .contains("maxmemory-policy noeviction", "jobqueue.store.redis.accept-eviction");
            });
            jobs.withPropertyValues("jobqueue.store.redis.accept-eviction=true")
                    .run(context -> assertThat(greet(context)).isEqualTo("Hello Ada"));
        }
    }

    @Test
    void jobRunsOverTlsWithTheBundleOfTheJobsOrOfSpringData() {
        try (TlsKeys keys = TlsKeys.make();
                RedisServer secure = RedisServer.startTls(keys, Holder.SERVER, true)) {
            ApplicationContextRunner bundled = runner.withConfiguration(
                            AutoConfigurations.of(SslAutoConfiguration.class, DataRedisAutoConfiguration.class))
                    .withPropertyValues(
                            "spring.ssl.bundle.pem.mine.truststore.certificate="
                                    + keys.certificate(Holder.AUTHORITY).toUri(),
                            "spring.ssl.bundle.pem.mine.keystore.certificate="
                                    + keys.certificate(Holder.CLIENT).toUri(),
                            "spring.ssl.bundle.pem.mine.keystore.private-key="
                                    + keys.key(Holder.CLIENT).toUri());

            bundled.withPropertyValues(
                            "jobqueue.store.redis.url=redis://localhost:" + secure.port(),
                            "jobqueue.store.redis.ssl.bundle=mine")
                    .run(context -> assertThat(greet(context)).isEqualTo("Hello Ada"));
            bundled.withPropertyValues(
                            "spring.data.redis.host=localhost",
                            "spring.data.redis.port=" + secure.port(),
                            "spring.data.redis.ssl.bundle=mine")
                    .run(context -> assertThat(greet(context)).isEqualTo("Hello Ada"));
        }
    }

    @Test
    void serverOfAnAuthorityThatTheJvmDoesNotTrustIsRefusedWhenTlsIsSwitchedOnWithoutABundle() {
        try (TlsKeys keys = TlsKeys.make();
                RedisServer secure = RedisServer.startTls(keys, Holder.SERVER, false)) {
            runner.withPropertyValues(
                            "jobqueue.store.redis.host=localhost",
                            "jobqueue.store.redis.port=" + secure.port(),
                            "jobqueue.store.redis.ssl.enabled=true")
                    .run(context -> assertThatExceptionOfType(StoreUnavailableException.class)
                            .isThrownBy(() -> greet(context))
                            .withMessageContaining("trust the authority"));
        }
    }

    @Test
    void protocolsOfTheBundleAreTheOnlyOnes() {
        try (TlsKeys keys = TlsKeys.make();
                RedisServer secure = RedisServer.startTls(keys, Holder.SERVER, false);
                Jedis server = secure.commands()) {
            server.configSet("tls-protocols", "TLSv1.3");
            ApplicationContextRunner bundled = runner.withConfiguration(
                            AutoConfigurations.of(SslAutoConfiguration.class))
                    .withPropertyValues(
                            "spring.ssl.bundle.pem.mine.truststore.certificate="
                                    + keys.certificate(Holder.AUTHORITY).toUri(),
                            "jobqueue.store.redis.ssl.bundle=mine",
                            "jobqueue.store.redis.url=localhost:" + secure.port());

            bundled.withPropertyValues("spring.ssl.bundle.pem.mine.options.enabled-protocols=TLSv1.3")
                    .run(context -> assertThat(greet(context)).isEqualTo("Hello Ada"));
            bundled.withPropertyValues("spring.ssl.bundle.pem.mine.options.enabled-protocols=TLSv1.2")
                    .run(context -> assertThatExceptionOfType(StoreUnavailableException.class)
                            .isThrownBy(() -> greet(context)));
        }
    }

    @Test
    void hostNameIsCheckedUnlessItIsSaidOtherwise() {
        try (TlsKeys keys = TlsKeys.make();
                RedisServer elsewhere = RedisServer.startTls(keys, Holder.SERVER_ELSEWHERE, false)) {
            ApplicationContextRunner bundled = runner.withConfiguration(
                            AutoConfigurations.of(SslAutoConfiguration.class))
                    .withPropertyValues(
                            "spring.ssl.bundle.pem.mine.truststore.certificate="
                                    + keys.certificate(Holder.AUTHORITY).toUri(),
                            "jobqueue.store.redis.ssl.bundle=mine",
                            "jobqueue.store.redis.url=localhost:" + elsewhere.port());

            bundled.run(context -> assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> greet(context))
                    .withMessageContaining("No subject alternative"));
            bundled.withPropertyValues("jobqueue.store.redis.ssl.verify-hostname=false")
                    .run(context -> assertThat(greet(context)).isEqualTo("Hello Ada"));
        }
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
