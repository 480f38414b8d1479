package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.InvalidJobException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.util.JedisClusterCRC16;

class RedisKeysTests {

    @ParameterizedTest
    @ValueSource(strings = {"mails", "a}b", "}", "{", "{}", "a:b", "größe 1", "waiting"})
    void allKeysOfAQueueLieInOneSlot(String queue) {
        Set<Integer> slots = new RedisKeys("jq")
                .ofQueue(queue).stream().map(JedisClusterCRC16::getSlot).collect(Collectors.toSet());

        assertThat(slots).hasSize(1);
    }

    @Test
    void queuesNeverShareAKey() {
        RedisKeys keys = new RedisKeys("jq");
        List<String> names = List.of("a", "a}", "a}:jobs", "a:b", "jobs", "{jq:a}:jobs");

        List<String> all = names.stream()
                .flatMap(name -> keys.ofQueue(name).stream())
                .map(key -> new String(key, UTF_8))
                .toList();

        assertThat(all).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a{b", "a}b", "a\nb"})
    void prefixThatWouldMoveTheHashTagIsRefused(String prefix) {
        assertThatThrownBy(() -> new RedisKeys(prefix))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("key prefix");
    }
}
