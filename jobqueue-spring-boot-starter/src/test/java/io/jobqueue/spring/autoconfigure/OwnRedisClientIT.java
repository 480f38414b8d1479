package io.jobqueue.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.spring.JobHandler;
import io.jobqueue.spring.JobQueueRedis;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

@ExtendWith(OutputCaptureExtension.class)
class OwnRedisClientIT {

    private static final String THEIRS = "application-of-test";

    private final RedisServer redis = RedisServer.start();
    private final RedisClient client = RedisClient.builder()
            .hostAndPort(new HostAndPort("127.0.0.1", redis.port()))
            .clientConfig(DefaultJedisClientConfig.builder().clientName(THEIRS).build())
            .build();
    private final ApplicationContextRunner runner = StarterContext.onRedis()
            .withPropertyValues("jobqueue.store.redis.url=" + redis.url())
            .withBean(Greeter.class);

    @AfterEach
    void close() {
        client.close();
        redis.close();
    }

    @Test
    void qualifiedClientMakesTheCallsOfTheApplicationAndStaysOpen(CapturedOutput output) {
        runner.withUserConfiguration(Clients.class)
                .withBean("ours", RedisClient.class, () -> client, OwnRedisClientIT::leaveOpen)
                .run(context -> {
                    assertThat(greet(context)).isEqualTo("Hello Ada");
                    assertThat(clientNames()).contains("jobqueue");
                    assertThat(namesOfCallers()).contains(THEIRS);
                    assertThat(output).contains("the calls of the application are made by its own client");
                });

        assertThat(client.ping()).isEqualTo("PONG");
    }

    @Test
    void clientWithoutTheQualifierIsNotUsed(CapturedOutput output) {
        runner.withBean("cache", RedisClient.class, () -> client, OwnRedisClientIT::leaveOpen)
                .run(context -> {
                    assertThat(greet(context)).isEqualTo("Hello Ada");
                    assertThat(namesOfCallers()).contains("jobqueue").doesNotContain(THEIRS);
                    assertThat(output).contains("use at most 16 connections");
                });
    }

    @Test
    void clientOfAnotherServerStopsTheStartWithWhatToDo() {
        try (RedisServer other = RedisServer.start()) {
            runner.withUserConfiguration(Clients.class)
                    .withBean("ours", RedisClient.class, () -> client, OwnRedisClientIT::leaveOpen)
                    .withPropertyValues("jobqueue.store.redis.url=" + other.url())
                    .run(context -> {
                        FailureAnalysis analysis = StartFailure.analysisOf(context);
                        assertThat(analysis.getDescription()).contains("is connected to another server");
                        assertThat(analysis.getAction()).contains("give the client and the store the same server");
                    });
        }
    }

    @Test
    void clientThatFitsNoClusterStopsTheStartWithWhatToDo() {
        runner.withUserConfiguration(Clients.class)
                .withBean("ours", RedisClient.class, () -> client, OwnRedisClientIT::leaveOpen)
                .withPropertyValues("jobqueue.store.redis.url=", "jobqueue.store.redis.cluster.nodes=127.0.0.1:1")
                .run(context -> {
                    FailureAnalysis analysis = StartFailure.analysisOf(context);
                    assertThat(analysis.getDescription())
                            .contains("@JobQueueRedis", "RedisClient", "cluster 127.0.0.1:1");
                    assertThat(analysis.getAction()).contains("jobqueue.store.redis.url");
                });
    }

    /** Whether another Redis listens on the port that is tried without a word makes no difference for what to do. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void clientAloneStopsTheStartWithThePropertyThatIsMissing(boolean besideSpringData) {
        ApplicationContextRunner alone = runner.withUserConfiguration(Clients.class)
                .withBean("ours", RedisClient.class, () -> client, OwnRedisClientIT::leaveOpen)
                .withPropertyValues("jobqueue.store.redis.url=");
        (besideSpringData ? alone.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class)) : alone)
                .run(context -> assertThat(StartFailure.analysisOf(context).getAction())
                        .contains(
                                "Set jobqueue.store.redis.url to the server of the client",
                                "jobqueue.store.redis.username"));
    }

    @Test
    void namedServerThatIsAwayIsWaitedForAlsoBesideAClient(CapturedOutput output) {
        runner.withUserConfiguration(Clients.class)
                .withBean("ours", RedisClient.class, () -> client, OwnRedisClientIT::leaveOpen)
                .withPropertyValues("jobqueue.store.redis.url=redis://127.0.0.1:1")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).contains("cannot be reached");
    }

    @Test
    void clientWhoseServerIsAwayTooIsWaitedFor() {
        redis.kill();
        OwnRedisClient away = new OwnRedisClient(client);

        assertThat(away.missingAddress("localhost:6379/0", new IllegalStateException("away")))
                .isEmpty();
    }

    @Test
    void customizersHaveTheLastWordInTheirOrder() {
        runner.withUserConfiguration(Customizers.class)
                .withPropertyValues("jobqueue.store.redis.client-name=property")
                .run(context -> {
                    assertThat(greet(context)).isEqualTo("Hello Ada");
                    assertThat(clientNames()).contains("last").doesNotContain("first", "property", "jobqueue");
                });
    }

    @Test
    void clientNameIsTheJobsOwnElseThatOfSpringData() {
        ApplicationContextRunner shared = runner.withConfiguration(
                        AutoConfigurations.of(DataRedisAutoConfiguration.class))
                .withPropertyValues(
                        "jobqueue.store.redis.url=",
                        "spring.data.redis.url=" + redis.url(),
                        "spring.data.redis.client-name=shared",
                        "spring.data.redis.connect-timeout=1s");

        shared.run(context -> {
            assertThat(greet(context)).isEqualTo("Hello Ada");
            assertThat(clientNames()).contains("shared").doesNotContain("jobqueue");
        });
        shared.withPropertyValues("jobqueue.store.redis.client-name=own").run(context -> {
            assertThat(greet(context)).isEqualTo("Hello Ada");
            assertThat(clientNames()).contains("own");
        });
    }

    /** The client belongs to the test, which sees that it is still open in the end. */
    private static void leaveOpen(BeanDefinition client) {
        ((AbstractBeanDefinition) client).setDestroyMethodName("");
    }

    private List<String> clientNames() {
        return clientNames("");
    }

    /** Returns the names of connections that have just run a script; Jedis 8 opens one before it is used. */
    private List<String> namesOfCallers() {
        return clientNames(" cmd=eval");
    }

    private List<String> clientNames(String having) {
        try (Jedis commands = redis.commands()) {
            return commands.clientList()
                    .lines()
                    .filter(line -> line.contains(having))
                    .map(line -> line.replaceFirst(".* name=(\\S*) .*", "$1"))
                    .toList();
        }
    }

    private static @Nullable String greet(ApplicationContext context) {
        return context.getBean(JobQueue.class)
                .enqueueAndWait(JobRequest.of("greet", "Ada").build(), String.class, Duration.ofSeconds(30));
    }

    @Configuration(proxyBeanMethods = false)
    static class Clients {

        @Bean(destroyMethod = "")
        @JobQueueRedis
        UnifiedJedis jobsClient(RedisClient ours) {
            return ours;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {

        @Bean
        @Order(2)
        JobQueueJedisClientConfigCustomizer last() {
            return config -> config.clientName("last");
        }

        @Bean
        @Order(1)
        JobQueueJedisClientConfigCustomizer first() {
            return config -> config.clientName("first");
        }
    }

    static class Greeter {
        @JobHandler("greet")
        String greet(String name) {
            return "Hello " + name;
        }
    }
}
