package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.InvalidJobException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.JedisClientConfig;

class RedisConnectionTests {

    @Test
    void urlNamesEveryPart() {
        RedisConnection connection = RedisConnection.of("redis://app:p%40ss+word@cache.internal:6380/3");

        assertThat(connection.describe()).isEqualTo("cache.internal:6380/3");
        assertThat(connection.mode()).isEqualTo("standalone");
        assertThat(connection.user()).isEqualTo("app");
        assertThat(connection.password).isEqualTo("p@ss+word");
        assertThat(connection.usesTls()).isFalse();
    }

    @Test
    void hostAndPortAloneAreEnough() {
        assertThat(RedisConnection.of("cache:6380").describe()).isEqualTo("cache:6380/0");
        assertThat(RedisConnection.of("cache").describe()).isEqualTo("cache:6379/0");
    }

    @Test
    void passwordWithoutUserBelongsToTheDefaultUser() {
        RedisConnection connection = RedisConnection.of("redis://:secret@cache");

        assertThat(connection.username).isNull();
        assertThat(connection.password).isEqualTo("secret");
    }

    @Test
    void redissMeansTlsWithTheHostNameChecked() {
        RedisConnection connection = RedisConnection.of("rediss://cache");

        assertThat(connection.usesTls()).isTrue();
        assertThat(Objects.requireNonNull(connection.sslParameters).getEndpointIdentificationAlgorithm())
                .isEqualTo("HTTPS");
    }

    @Test
    void passwordIsNeverShown() {
        assertThat(RedisConnection.of("redis://app:secret@cache")).asString().doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://:secret@cache",
                "redis://",
                "redis://:secret@cache/db",
                "redis://:sec ret@cache",
                "redis://:secret%zz@cache",
                "redis://:secret@cache:70000",
                "redis://:secret@my_cache:70000",
                "redis://:secret@my_cache:port",
                "redis://:secret@my_cache:99999999999",
                "redis://:secret@:6379"
            })
    void wrongUrlIsRefusedWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> RedisConnection.of(url))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("redis")
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("sec ret");
    }

    @Test
    void hostWithAnUnderscoreIsAHost() {
        RedisConnection connection = RedisConnection.of("redis://app:p%40ss@my_redis:6380/3");

        assertThat(connection.describe()).isEqualTo("my_redis:6380/3");
        assertThat(connection.user()).isEqualTo("app");
        assertThat(connection.password).isEqualTo("p@ss");
        assertThat(RedisConnection.of("redis://my_redis:6379").describe()).isEqualTo("my_redis:6379/0");
        assertThat(RedisConnection.of("my_redis").describe()).isEqualTo("my_redis:6379/0");
        assertThat(RedisConnection.of("redis://[::1]:6380").describe()).isEqualTo("[::1]:6380/0");
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without null checks may do
    void nullUrlIsRefused() {
        assertThatThrownBy(() -> RedisConnection.of(null))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageStartingWith("redis url: is null; give");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 101})
    void redirectsOutOfBoundsAreRefused(int redirects) {
        assertThatThrownBy(() -> RedisConnection.builder().maxRedirects(redirects))
                .isInstanceOf(InvalidJobException.class)
                .hasMessage("redis redirects " + redirects + ": must be 1 to 100");
    }

    @Test
    void connectingTakesAsLongAsACommandUnlessItIsSaidOtherwise() {
        JedisClientConfig alike = config(RedisConnection.builder().commandTimeout(Duration.ofSeconds(3)));
        JedisClientConfig apart = config(
                RedisConnection.builder().commandTimeout(Duration.ofSeconds(3)).connectTimeout(Duration.ofMillis(500)));

        assertThat(alike.getConnectionTimeoutMillis()).isEqualTo(3_000);
        assertThat(apart.getConnectionTimeoutMillis()).isEqualTo(500);
        assertThat(apart.getSocketTimeoutMillis()).isEqualTo(3_000);
        assertThatThrownBy(() -> RedisConnection.builder().connectTimeout(Duration.ZERO))
                .isInstanceOf(InvalidJobException.class);
    }

    @Test
    void customizersHaveTheLastWordInTheirOrder() {
        JedisClientConfig config = config(RedisConnection.builder()
                .clientName("ours")
                .database(3)
                .customize(own -> own.clientName("first"))
                .customize(own -> own.clientName("second")));

        assertThat(config.getClientName()).isEqualTo("second");
        assertThat(config.getDatabase()).isEqualTo(3);
    }

    private static JedisClientConfig config(RedisConnection.Builder connection) {
        return new RedisSockets(
                        connection.build(),
                        1,
                        new ReconnectPace(System::nanoTime, Duration.ofSeconds(2), time -> {}),
                        new ServerJudge(false),
                        true)
                .toJobs();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "my app", "a\nb", "a\u0000b", "a\u007Fb", "Zoë"})
    void clientNameThatRedisRefusesIsRefused(String name) {
        assertThatThrownBy(() -> RedisConnection.builder().clientName(name))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageStartingWith("redis client name")
                .hasMessageContaining("give");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.0009S", "PT1H0.001S", "PT720H"})
    void commandTimeoutOutOfBoundsIsRefused(Duration timeout) {
        assertThatThrownBy(() -> RedisConnection.builder().commandTimeout(timeout))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageStartingWith("redis command timeout " + timeout);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.001S", "PT1H"})
    void commandTimeoutWithinBoundsIsKept(Duration timeout) {
        assertThat(RedisConnection.builder().commandTimeout(timeout).build().commandTimeout)
                .isEqualTo(timeout);
    }

    @Test
    void sentinelsAreDescribedWithoutTheirPassword() {
        RedisConnection connection = RedisConnection.builder()
                .sentinel("main", List.of("s1:26380", " s2 ", "[::1]:26381"), "watcher", "secret")
                .password("secret")
                .database(2)
                .build();

        assertThat(connection.describe()).isEqualTo("sentinel main@s1:26380,s2:26379,[::1]:26381/2");
        assertThat(connection.mode()).isEqualTo("sentinel");
        assertThat(connection).asString().doesNotContain("secret").contains("main");
        assertThat(connection.usesCluster()).isFalse();
    }

    @Test
    void clusterIsDescribedByItsSeeds() {
        RedisConnection connection = RedisConnection.builder()
                .cluster(List.of("c1:7000", "c2", "c1:7000"))
                .password("secret")
                .build();

        assertThat(connection.describe()).isEqualTo("cluster c1:7000,c2:6379");
        assertThat(connection.mode()).isEqualTo("cluster");
        assertThat(connection).hasToString("redis://cluster c1:7000,c2:6379");
        assertThat(connection.usesCluster()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", ":7000", "c1:", "c1:0", "c1:65536", "c1:seven", "redis://c1:7000", "app:secret@c1:7000"
            })
    void nodeOfAnotherFormIsRefusedWithoutItsPassword(String node) {
        assertThatThrownBy(() -> RedisConnection.builder().cluster(List.of(node)))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("redis cluster node")
                .hasMessageContaining("host:port")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> RedisConnection.builder().sentinel("main", List.of(node)))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("redis sentinel node")
                .hasMessageNotContaining("secret");
    }

    @Test
    void clusterTakesNeitherSentinelsNorADatabaseNorNoNode() {
        RedisConnection.Builder both =
                RedisConnection.builder().cluster(List.of("c1")).sentinel("main", List.of("s1"));
        RedisConnection.Builder database =
                RedisConnection.builder().cluster(List.of("c1")).database(1);

        assertThatThrownBy(both::build).isInstanceOf(InvalidJobException.class).hasMessageContaining("sentinels");
        assertThatThrownBy(database::build)
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("only database 0");
        assertThatThrownBy(() -> RedisConnection.builder().cluster(List.of()))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("is empty");
    }
}
