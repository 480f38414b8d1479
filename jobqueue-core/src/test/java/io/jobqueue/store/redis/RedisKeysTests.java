package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.InvalidJobException;
import io.jobqueue.store.Partition;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    @ValueSource(strings = {"mails", "a}b", "}", "{", "größe 1"})
    void partitionsShareTheSlotsEvenly(String queue) {
        RedisKeys keys = new RedisKeys("jq");

        for (int of : new int[] {2, 3, 6, 7, Partition.MOST}) {
            for (Partition partition : Partition.of(queue, of)) {
                Set<Integer> slots = keys.ofQueue(partition.name()).stream()
                        .map(JedisClusterCRC16::getSlot)
                        .collect(Collectors.toSet());

                assertThat(slots)
                        .as("%s", partition)
                        .singleElement()
                        .satisfies(slot -> assertThat(slot * of / 16_384).isEqualTo(partition.number() - 1));
            }
        }
    }

    @Test
    void partitionsNeverShareAKeyWithAnotherQueue() {
        RedisKeys keys = new RedisKeys("jq");
        List<String> names = Stream.of(
                        Stream.of("mails", "1/6", "1/6mails", "6"),
                        Partition.of("mails", 6).stream().map(Partition::name),
                        Partition.of("mails", 4).stream().map(Partition::name),
                        Partition.of("6mails", 6).stream().map(Partition::name))
                .flatMap(some -> some)
                .toList();

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
