package io.jobqueue.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.store.redis.RedisConnection;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RedisAddressTests {

    private static final JobQueueProperties.Sentinel NO_SENTINEL =
            new JobQueueProperties.Sentinel(null, List.of(), null, null);
    private static final SharedRedis SHARED = () -> RedisConnection.builder().host("shared");
    private static final SharedRedis UNNAMED = new SharedRedis() {

        @Override
        public RedisConnection.Builder connection() {
            return RedisConnection.builder();
        }

        @Override
        public boolean isGiven() {
            return false;
        }
    };

    @Test
    void ownUrlComesFirst() {
        assertAddress(
                RedisAddress.choose(own("redis://own"), SHARED, "redis://platform"), "own", "jobqueue.store.redis.url");
    }

    @Test
    void sharedRedisComesSecond() {
        assertAddress(RedisAddress.choose(own(" "), SHARED, "redis://platform"), "shared", "spring.data.redis");
    }

    @Test
    void platformUrlComesThird() {
        assertAddress(RedisAddress.choose(null, null, "redis://platform"), "platform", "REDIS_URL");
    }

    @Test
    void platformUrlGoesBeforeASharedRedisThatNobodyHasNamed() {
        assertAddress(RedisAddress.choose(null, UNNAMED, "redis://platform"), "platform", "REDIS_URL");
        assertAddress(RedisAddress.choose(null, UNNAMED, " "), "localhost", "spring.data.redis");
    }

    @Test
    void localhostComesLast() {
        assertAddress(RedisAddress.choose(null, null, ""), "localhost", "the built-in default");
    }

    @Test
    void sharedRedisIsNotEvenAskedWhenThereIsAnOwnUrl() {
        SharedRedis unusable = () -> {
            throw new AssertionError("asked");
        };
        assertAddress(RedisAddress.choose(own("own:6379"), unusable, null), "own", "jobqueue.store.redis.url");
    }

    @Test
    void ownSentinelsAndOwnClusterNeedNoUrl() {
        JobQueueProperties.Redis watched = redis(
                null,
                new JobQueueProperties.Sentinel("main", List.of("s1", "s2:1"), "watcher", "secret"),
                new JobQueueProperties.Cluster(List.of(), null));
        JobQueueProperties.Redis spread =
                redis(null, NO_SENTINEL, new JobQueueProperties.Cluster(List.of("c1", "c2:1"), null));

        assertThat(RedisAddress.own(watched))
                .returns("jobqueue.store.redis.sentinel", RedisAddress::source)
                .extracting(address -> address.connection().build().describe())
                .isEqualTo("sentinel main@s1:26379,s2:1/0");
        assertThat(RedisAddress.own(spread))
                .returns("jobqueue.store.redis.cluster", RedisAddress::source)
                .extracting(address -> address.connection().build().describe())
                .isEqualTo("cluster c1:6379,c2:1");
        assertThat(watched.toString()).doesNotContain("secret");
    }

    private static @Nullable RedisAddress own(String url) {
        return RedisAddress.own(redis(url, NO_SENTINEL, new JobQueueProperties.Cluster(List.of(), null)));
    }

    private static JobQueueProperties.Redis redis(
            @Nullable String url, JobQueueProperties.Sentinel sentinel, JobQueueProperties.Cluster cluster) {
        return new JobQueueProperties.Redis(
                url,
                null,
                null,
                null,
                null,
                null,
                sentinel,
                cluster,
                "jq",
                null,
                null,
                "jobqueue",
                false,
                false,
                false,
                new JobQueueProperties.Ssl(false, null, true),
                new JobQueueProperties.Pool(16, Duration.ofSeconds(2)));
    }

    private static void assertAddress(RedisAddress address, String host, String source) {
        assertThat(address.connection().build().describe()).isEqualTo(host + ":6379/0");
        assertThat(address.source()).isEqualTo(source);
    }
}
