package io.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Durability.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurabilityTests {

    @Test
    void textSaysWhatIsAsked() {
        assertThat(Durability.of("none")).isEqualTo(Durability.NONE);
        assertThat(Durability.of("AOF")).isEqualTo(Durability.AOF);
        assertThat(Durability.of("replica")).isEqualTo(Durability.replica(1));
        assertThat(Durability.of(" Replica( 12 ) ")).isEqualTo(new Durability(Kind.REPLICA, 12));
    }

    @Test
    void textIsReadBack() {
        for (Durability one : new Durability[] {Durability.NONE, Durability.AOF, Durability.replica(3)}) {
            assertThat(Durability.of(one.toString())).isEqualTo(one);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two", "replica()", "replica(x)", "replica(1", "replica(1)x", "replicas(1)", "fsync"})
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> Durability.of(text))
                .isInstanceOf(InvalidJobException.class)
                .hasMessage("durability '" + text + "': is not one; give none, replica(n) or aof");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 101})
    void numberOfReplicasIsBounded(int replicas) {
        assertThatThrownBy(() -> Durability.of("replica(" + replicas + ")"))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("must be 1 to 100 replicas");
    }

    @Test
    void onlyReplicasAreCounted() {
        assertThatThrownBy(() -> new Durability(Kind.AOF, 1))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("has no replicas");
    }
}
