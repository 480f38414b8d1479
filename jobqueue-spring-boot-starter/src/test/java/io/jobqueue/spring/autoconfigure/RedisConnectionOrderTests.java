package io.jobqueue.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobQueue;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.memory.MemoryStore;
import io.jobqueue.store.redis.RedisStore;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Who decides where the jobs are, and what the start says of it. Nobody listens anywhere. */
@ExtendWith(OutputCaptureExtension.class)
class RedisConnectionOrderTests {

    private static final String DIFFERENT = "but the connection factory of the application leads to";

    private final ApplicationContextRunner runner = StarterContext.bare()
            .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
            .withPropertyValues(
                    "jobqueue.store.type=redis", "spring.data.redis.host=127.0.0.1", "spring.data.redis.port=1");

    @Test
    void ownStoreGoesBeforeEverything() {
        runner.withBean(JobStore.class, MemoryStore::new)
                .run(context ->
                        assertThat(context).hasSingleBean(JobStore.class).doesNotHaveBean(RedisStore.class));
    }

    @Test
    void startSaysWhereTheJobsAreAndHowManyConnectionsThereAre(CapturedOutput output) {
        runner.withPropertyValues(
                        "spring.data.redis.username=ada",
                        "spring.data.redis.password=s3cret",
                        "jobqueue.store.redis.pool.max-total=7")
                .run(context -> assertThat(output)
                        .contains("Jobs are kept in the Redis at 127.0.0.1:1/0 as user 'ada', by spring.data.redis;"
                                + " the calls of the application use at most 7 connections")
                        .doesNotContain("s3cret"));
    }

    @Test
    void hostAndPortOfTheJobsGoBeforeSpringData(CapturedOutput output) {
        runner.withPropertyValues("jobqueue.store.redis.host=127.0.0.2", "jobqueue.store.redis.port=2")
                .run(context -> assertThat(context).hasNotFailed());
        runner.withPropertyValues("jobqueue.store.redis.port=3")
                .run(context -> assertThat(context).hasNotFailed());
        runner.withPropertyValues("jobqueue.store.redis.host=::1", "jobqueue.store.redis.port=4")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output)
                .contains("Redis at 127.0.0.2:2/0 as user 'default', by jobqueue.store.redis.host;")
                .contains("Redis at localhost:3/0 as user 'default', by jobqueue.store.redis.port;")
                .contains("Redis at [::1]:4/0 as user 'default', by jobqueue.store.redis.host;");
    }

    @Test
    void userPasswordAndDatabaseOfTheJobsGoBeforeThoseOfTheUrl(CapturedOutput output) {
        runner.withPropertyValues(
                        "jobqueue.store.redis.url=redis://ada:of-the-url@127.0.0.1:2/2",
                        "jobqueue.store.redis.username=grace",
                        "jobqueue.store.redis.password=s3cret",
                        "jobqueue.store.redis.database=5")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output)
                .contains("Redis at 127.0.0.1:2/5 as user 'grace', by jobqueue.store.redis.url;")
                .doesNotContain("s3cret", "of-the-url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://ada:s3cret@one", "one:6379", "one/0"})
    void whatIsNoHostStopsTheStartWithoutBeingShown(String value) {
        runner.withPropertyValues("jobqueue.store.redis.host=" + value).run(context -> {
            FailureAnalysis analysis = StartFailure.analysisOf(context);
            assertThat(analysis.getDescription())
                    .contains("jobqueue.store.redis.host is no name or address")
                    .doesNotContain(value);
            assertThat(analysis.getAction()).contains("jobqueue.store.redis.port", "jobqueue.store.redis.url");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jobqueue.store.redis.host=127.0.0.1",
                "jobqueue.store.redis.url=redis://127.0.0.1:1",
                "jobqueue.store.redis.sentinel.nodes=127.0.0.1:1",
                "jobqueue.store.redis.cluster.nodes=127.0.0.1:1",
                "spring.data.redis.timeout=1s"
            })
    void tlsWithTheTrustOfTheJvmIsSwitchedOnForEveryKindOfServer(String servers, CapturedOutput output) {
        ApplicationContextRunner there = runner.withPropertyValues(
                servers, servers.contains("sentinel") ? "jobqueue.store.redis.sentinel.master=main" : servers);

        there.run(context -> assertThat(context).hasNotFailed());
        assertThat(output).contains("as user 'default', by").doesNotContain("over TLS");
        there.withPropertyValues("jobqueue.store.redis.ssl.enabled=true")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).contains("as user 'default' over TLS, by");
    }

    @Test
    void platformSaysWhereTheJobsAreWhereNothingOfSpringDataDoes(CapturedOutput output) {
        ApplicationContextRunner onAPlatform = StarterContext.bare()
                .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
                .withPropertyValues("jobqueue.store.type=redis", "REDIS_URL=redis://127.0.0.1:3");

        onAPlatform
                .withPropertyValues("spring.data.redis.repositories.enabled=false")
                .withUserConfiguration(LettuceElsewhere.class)
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output)
                .contains("Redis at 127.0.0.1:3/0 as user 'default', by REDIS_URL;")
                .doesNotContain("does not follow")
                .doesNotContain(DIFFERENT);
        onAPlatform
                .withPropertyValues("spring.data.redis.password=s3cret", "spring.data.redis.ssl.enabled=true")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output)
                .contains("does not follow spring.data.redis.password, spring.data.redis.ssl.enabled: nothing of"
                        + " spring.data.redis says where its server is, and REDIS_URL does")
                .doesNotContain("s3cret");
    }

    @Test
    void detailsThatSomebodySuppliesMeanTheLocalServerWhenTheySaySo(CapturedOutput output) {
        StarterContext.bare()
                .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
                .withBean(DataRedisConnectionDetails.class, LocalDetails::new)
                .withPropertyValues("jobqueue.store.type=redis", "REDIS_URL=redis://127.0.0.1:3")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).contains("Redis at localhost:6379/0 as user 'default', by spring.data.redis;");
    }

    @Test
    void contextStartsWithAndWithoutLettuce(CapturedOutput output) {
        runner.run(context -> assertThat(context)
                .hasSingleBean(LettuceConnectionFactory.class)
                .hasSingleBean(RedisStore.class));
        runner.withClassLoader(new FilteredClassLoader("io.lettuce"))
                .run(context -> assertThat(context)
                        .hasSingleBean(JedisConnectionFactory.class)
                        .hasSingleBean(RedisStore.class));
        assertThat(output).doesNotContain(DIFFERENT);
    }

    @Test
    void contextStartsWithoutTheClassesOfRedis() {
        runner.withClassLoader(new FilteredClassLoader("redis.clients", "org.springframework.data.redis"))
                .withPropertyValues("jobqueue.store.type=memory")
                .run(context ->
                        assertThat(context).hasSingleBean(MemoryStore.class).hasSingleBean(JobQueue.class));
    }

    @Test
    void redisWithoutItsDriverStopsTheStartWithWhatToDo() {
        runner.withClassLoader(new FilteredClassLoader("redis.clients", "org.springframework.data.redis"))
                .run(context -> {
                    FailureAnalysis analysis = StartFailure.analysisOf(context);
                    assertThat(analysis.getDescription()).contains("jobqueue.store.type is redis", "Jedis");
                    assertThat(analysis.getAction()).contains("redis.clients:jedis", "jobqueue.store.type=memory");
                });
    }

    @Test
    void hardWiredFactoryThatLeadsElsewhereIsAWarningWithBothAddresses(CapturedOutput output) {
        for (Class<?> factory : List.of(LettuceElsewhere.class, LettuceClusterElsewhere.class, JedisElsewhere.class)) {
            runner.withUserConfiguration(factory)
                    .run(context -> assertThat(context).hasNotFailed());
        }
        assertThat(output)
                .contains("Jobs are kept in the Redis at 127.0.0.1:1/0, because spring.data.redis says so, " + DIFFERENT
                        + " cache.example:6380/2")
                .contains(DIFFERENT + " cache.example:6381/0")
                .contains(DIFFERENT + " cluster one.example:1,two.example:2");
    }

    @Test
    void hardWiredFactoryDoesNotMatterWhenTheJobsHaveTheirOwnServer(CapturedOutput output) {
        runner.withUserConfiguration(LettuceElsewhere.class)
                .withPropertyValues("jobqueue.store.redis.url=redis://127.0.0.1:1")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).doesNotContain(DIFFERENT);
    }

    @Test
    void hardWiredFactoryOfTheSameServerIsNoWarning(CapturedOutput output) {
        runner.withBean(
                        RedisConnectionFactory.class,
                        () -> new JedisConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", 1)))
                .run(context -> assertThat(context).hasNotFailed());
        runner.withPropertyValues("spring.data.redis.sentinel.master=main", "spring.data.redis.sentinel.nodes=b:2,a:1")
                .run(context -> assertThat(context).hasNotFailed());
        runner.withPropertyValues("spring.data.redis.cluster.nodes=b:2,a:1")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).doesNotContain(DIFFERENT);
    }

    private static final class LocalDetails implements DataRedisConnectionDetails {

        @Override
        public Standalone getStandalone() {
            return Standalone.of("localhost", 6379);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LettuceElsewhere {

        @Bean
        LettuceConnectionFactory connectionFactory() {
            RedisStandaloneConfiguration server = new RedisStandaloneConfiguration("cache.example", 6380);
            server.setDatabase(2);
            return new LettuceConnectionFactory(server);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LettuceClusterElsewhere {

        @Bean
        LettuceConnectionFactory connectionFactory() {
            return new LettuceConnectionFactory(
                    new RedisClusterConfiguration(List.of("two.example:2", "one.example:1")));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class JedisElsewhere {

        @Bean
        JedisConnectionFactory connectionFactory() {
            return new JedisConnectionFactory(new RedisStandaloneConfiguration("cache.example", 6381));
        }
    }
}
