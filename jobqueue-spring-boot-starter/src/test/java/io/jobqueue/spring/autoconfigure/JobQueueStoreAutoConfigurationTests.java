package io.jobqueue.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobQueue;
import io.jobqueue.spring.JobQueueRedis;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.memory.MemoryStore;
import io.jobqueue.store.redis.RedisStore;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import redis.clients.jedis.UnifiedJedis;

@ExtendWith(OutputCaptureExtension.class)
class JobQueueStoreAutoConfigurationTests {

    private static final String NOBODY_LISTENS = "jobqueue.store.redis.url=redis://ada:s3cret@127.0.0.1:1/2";

    private final ApplicationContextRunner runner = StarterContext.bare();

    @Test
    void memoryIsTheStoreWhenNoneIsNamedAndThatIsSaid(CapturedOutput output) {
        runner.run(context -> {
            assertThat(context).hasSingleBean(JobStore.class).hasSingleBean(MemoryStore.class);
            assertThat(output)
                    .containsOnlyOnce("do not survive a restart")
                    .contains("jobqueue.store.type is not set; set it to redis");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void emptyEnvironmentVariableNamesNoStoreAndThatIsSaid(String empty, CapturedOutput output) {
        runner.withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource(
                                "systemEnvironment", Map.of("JOBQUEUE_STORE_TYPE", empty))))
                .run(context -> {
                    assertThat(context).hasSingleBean(MemoryStore.class).hasSingleBean(JobQueue.class);
                    assertThat(output).contains("jobqueue.store.type is not set; set it to redis");
                });
    }

    @Test
    void blanksAroundTheNameOfAStoreSayNothing() {
        runner.withPropertyValues("jobqueue.store.type= redis ")
                .run(context -> assertThat(context).hasSingleBean(RedisStore.class));
        runner.withPropertyValues("jobqueue.store.type= memory ")
                .run(context -> assertThat(context).hasSingleBean(MemoryStore.class));
    }

    @Test
    void storeIsNamedAsBindingReadsIt() {
        runner.withPropertyValues("jobqueue.store.type=RE-DIS")
                .run(context -> assertThat(context).hasSingleBean(RedisStore.class));
        runner.withPropertyValues("jobqueue.store.type=Memory")
                .run(context -> assertThat(context).hasSingleBean(MemoryStore.class));
    }

    @Test
    void memoryThatWasChosenIsNoWarning(CapturedOutput output) {
        runner.withPropertyValues("jobqueue.store.type=memory").run(context -> {
            assertThat(context).hasSingleBean(MemoryStore.class);
            assertThat(output).containsOnlyOnce("do not survive a restart").doesNotContain("is not set");
        });
    }

    @Test
    void settingsOfRedisThatNobodyReadsAreAWarningWithTheirNamesAlone(CapturedOutput output) {
        runner.withPropertyValues("jobqueue.store.redis.password=s3cret", NOBODY_LISTENS)
                .withUserConfiguration(Clients.class)
                .run(context -> {
                    assertThat(context).hasSingleBean(MemoryStore.class);
                    assertThat(output)
                            .contains("Nothing is kept in Redis, although there is jobqueue.store.redis.password,"
                                    + " jobqueue.store.redis.url, the bean 'ours' marked with @JobQueueRedis")
                            .contains("Set jobqueue.store.type=redis")
                            .doesNotContain("s3cret");
                });
    }

    @Test
    void settingWhoseVariableIsNotThereStopsNothingThatDoesWithoutIt(CapturedOutput output) {
        runner.withPropertyValues("jobqueue.store.redis.url=${SET_BY_NOBODY}").run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(MemoryStore.class);
            assertThat(output).contains("Nothing is kept in Redis, although there is jobqueue.store.redis.url");
        });
    }

    @Test
    void settingsOfRedisAreNoWarningWhereMemoryWasChosenOrNothingIsSet(CapturedOutput output) {
        runner.withPropertyValues("jobqueue.store.type=memory", NOBODY_LISTENS).run(context -> {});
        runner.withPropertyValues("jobqueue.store.redis.url=").run(context -> {});
        assertThat(output).doesNotContain("Nothing is kept in Redis");
    }

    @Test
    void settingsOfSpringDataThatNobodyReadsAreAWarningWithTheDependency(CapturedOutput output) {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.data", "org.springframework.data"))
                .withPropertyValues(
                        "jobqueue.store.type=redis",
                        "spring.data.redis.host=cache.example",
                        "spring.data.redis.password=s3cret",
                        "REDIS_URL=redis://127.0.0.1:3")
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(RedisStore.class);
                    assertThat(output)
                            .contains("does not follow spring.data.redis.host, spring.data.redis.password")
                            .contains("jobs are kept in the Redis at 127.0.0.1:3/0, by REDIS_URL")
                            .contains("org.springframework.boot:spring-boot-starter-data-redis")
                            .doesNotContain("s3cret");
                });
    }

    @Test
    void settingsOfSpringDataAreNoWarningWhereTheJobsHaveAServerOfTheirOwn(CapturedOutput output) {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.data", "org.springframework.data"))
                .withPropertyValues("jobqueue.store.type=redis", NOBODY_LISTENS, "spring.data.redis.host=cache.example")
                .run(context -> assertThat(context).hasNotFailed());
        runner.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
                .withPropertyValues(
                        "jobqueue.store.type=redis", "spring.data.redis.host=127.0.0.1", "spring.data.redis.port=1")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).doesNotContain("does not follow");
    }

    @Test
    void ownStoreMakesTheOthersBackOff() {
        runner.withBean("mine", JobStore.class, MemoryStore::new)
                .withPropertyValues("jobqueue.store.type=redis")
                .run(context -> assertThat(context)
                        .hasSingleBean(JobStore.class)
                        .hasBean("mine")
                        .hasSingleBean(JobQueue.class));
    }

    @Test
    void nothingIsConfiguredWhenSwitchedOff() {
        runner.withPropertyValues("jobqueue.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(JobStore.class)
                        .doesNotHaveBean(JobQueue.class)
                        .hasNotFailed());
    }

    @Test
    void unknownStoreStopsTheStartAlsoWhenBeansAreLazy() {
        runner.withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .withPropertyValues("jobqueue.store.type=postgrs")
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("StoreType.postgrs"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"reddis", "postgres"})
    void unknownStoreIsWhatIsWrongAlsoForABeanThatComesFirstAndNeedsTheJobQueue(String type) {
        runner.withBean(Producer.class)
                .withPropertyValues("jobqueue.store.type=" + type)
                .run(context -> {
                    FailureAnalysis analysis = StartFailure.analysisOf(context);
                    assertThat(analysis.getDescription()).contains("jobqueue.store.type", "\"" + type + "\"");
                    assertThat(analysis.getAction()).contains("MEMORY", "REDIS");
                });
    }

    @Test
    void applicationStartsWithoutItsRedisAndSaysSoWithoutThePassword(CapturedOutput output) {
        runner.withPropertyValues("jobqueue.store.type=redis", NOBODY_LISTENS).run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(RedisStore.class);
            assertThat(output)
                    .contains("the Redis at 127.0.0.1:1/2 as user 'ada', by jobqueue.store.redis.url")
                    .contains("cannot be reached")
                    .contains("Start a Redis at 127.0.0.1:1/2")
                    .contains("jobqueue.store.type=memory")
                    .doesNotContain("s3cret");
        });
    }

    @Test
    void failFastStopsTheStartWithoutRedis() {
        runner.withPropertyValues("jobqueue.store.type=redis", NOBODY_LISTENS, "jobqueue.store.redis.fail-fast=true")
                .run(context -> {
                    FailureAnalysis analysis = StartFailure.analysisOf(context);
                    assertThat(analysis.getDescription())
                            .contains("cannot be reached")
                            .doesNotContain("s3cret");
                    assertThat(analysis.getAction()).contains("Start a Redis at 127.0.0.1:1/2");
                });
    }

    @Test
    void wrongUrlStopsTheStartWithoutShowingIt() {
        runner.withPropertyValues("jobqueue.store.type=redis", "jobqueue.store.redis.url=http://ada:s3cret@localhost")
                .run(context -> assertThat(StartFailure.analysisOf(context).getDescription())
                        .contains("jobqueue.store.redis.url does not name a server")
                        .doesNotContain("s3cret"));
    }

    @Test
    void keyPrefixWithBracesIsRefusedByName() {
        runner.withPropertyValues("jobqueue.store.type=redis", "jobqueue.store.redis.key-prefix=a{b")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("jobqueue.store.redis.key-prefix")
                        .hasStackTraceContaining("'a{b'"));
    }

    @Test
    void redisOfSpringDataIsUsedWhenNoUrlIsGiven(CapturedOutput output) {
        runner.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
                .withPropertyValues(
                        "jobqueue.store.type=redis",
                        "spring.data.redis.host=127.0.0.1",
                        "spring.data.redis.port=1",
                        "spring.data.redis.username=grace",
                        "REDIS_URL=redis://127.0.0.1:3")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output).contains("Redis at 127.0.0.1:1/0 as user 'grace', by spring.data.redis");
                });
    }

    @Test
    void ownUrlWinsOverSpringData(CapturedOutput output) {
        runner.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
                .withPropertyValues("jobqueue.store.type=redis", NOBODY_LISTENS, "spring.data.redis.port=4")
                .run(context -> assertThat(output).contains("Redis at 127.0.0.1:1/2"));
    }

    @Test
    void environmentVariableIsUsedWithoutSpringData(CapturedOutput output) {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.data", "org.springframework.data"))
                .withPropertyValues(
                        "jobqueue.store.type=redis", "jobqueue.store.redis.url=", "REDIS_URL=redis://127.0.0.1:3")
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(RedisStore.class);
                    assertThat(output).contains("Redis at 127.0.0.1:3/0 as user 'default', by REDIS_URL");
                });
    }

    record Producer(JobQueue jobQueue) {}

    @Configuration(proxyBeanMethods = false)
    static class Clients {

        @Bean
        @Lazy
        @JobQueueRedis
        UnifiedJedis ours() {
            throw new AssertionError("nobody needs it");
        }
    }
}
