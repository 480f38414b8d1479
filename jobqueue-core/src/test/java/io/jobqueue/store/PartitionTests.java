package io.jobqueue.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.InvalidJobException;
import io.jobqueue.Names;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionTests {

    @ParameterizedTest
    @ValueSource(strings = {"mails", "1/6", "a/b", "}", "größe 1"})
    void nameTellsThePartitionAndCanBeNoQueueOfAnApplication(String queue) {
        for (Partition partition : Partition.of(queue, 6)) {
            assertThat(Partition.named(partition.name())).isEqualTo(partition);
            assertThat(Partition.queueOf(partition.name())).isEqualTo(queue);
            assertThat(Partition.isNamed(partition.name())).isTrue();
            assertThatThrownBy(() -> Names.require("queue", partition.name())).isInstanceOf(InvalidJobException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mails", "1/6", "a/b", "}", "größe 1"})
    void queueInOnePartitionKeepsItsName(String queue) {
        assertThat(Partition.of(queue, 1)).containsExactly(Partition.whole(queue));
        assertThat(Partition.whole(queue).name()).isEqualTo(queue);
        assertThat(Partition.named(queue)).isEqualTo(Partition.whole(queue));
        assertThat(Partition.isNamed(queue)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\tmails", "0/6\tmails", "7/6\tmails", "1/99\tmails", "1/x\tmails", "-1/6\tmails"})
    void nameThatIsNoneOfOursIsThatOfAWholeQueue(String name) {
        assertThat(Partition.named(name)).isEqualTo(Partition.whole(name));
    }

    @Test
    void numberOfAKeyIsItsCrc32AndNeverChanges() {
        assertThat(Partition.numberFor("123456789", 1_000_000)).isEqualTo(1 + (int) (0xCBF43926L % 1_000_000));
        assertThat(Partition.numberFor("größe", 6))
                .isEqualTo(Partition.numberFor("größe", 6))
                .isBetween(1, 6);
        assertThat(Partition.numberFor("anything", 1)).isEqualTo(1);
    }
}
