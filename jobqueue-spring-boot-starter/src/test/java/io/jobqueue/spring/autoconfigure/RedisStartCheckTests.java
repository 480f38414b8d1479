package io.jobqueue.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jobqueue.spring.actuate.BrokenStore;
import io.jobqueue.store.redis.RedisConnection;
import org.junit.jupiter.api.Test;

class RedisStartCheckTests {

    private final BrokenStore store = new BrokenStore();
    private final RedisStartCheck check = new RedisStartCheck(
            store,
            "localhost:6379/0",
            new RedisAddress(RedisConnection.builder(), "REDIS_URL"),
            new OwnRedisClient(null));

    @Test
    void storeThatFailsFastIsClosed() {
        store.breakDown();
        assertThatExceptionOfType(JobStoreStartException.class)
                .isThrownBy(() -> check.run(true))
                .satisfies(failure -> assertThat(failure.action()).contains("REDIS_URL says it now"));
        assertThat(store.isClosed()).isTrue();
    }

    @Test
    void storeThatIsAwayStaysOpen() {
        store.breakDown();
        assertThatCode(() -> check.run(false)).doesNotThrowAnyException();
        assertThat(store.isClosed()).isFalse();
    }
}
