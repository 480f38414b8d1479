package io.jobqueue.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

class VirtualThreadsTests {

    @Test
    void applicationDecidesUnlessTheWorkerHasItsOwnWord() {
        assertThat(VirtualThreads.areUsed(null, true, 21)).isTrue();
        assertThat(VirtualThreads.areUsed(null, false, 21)).isFalse();
        assertThat(VirtualThreads.areUsed(false, true, 21)).isFalse();
        assertThat(VirtualThreads.areUsed(true, false, 21)).isTrue();
        assertThat(VirtualThreads.areUsed(false, false, 17)).isFalse();
    }

    @Test
    void javaWithoutThemIsRefusedWithWhatToDo() {
        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(() -> VirtualThreads.areUsed(true, false, 17))
                .satisfies(failure -> assertThat(failure.getReason())
                        .contains("need Java 21 or newer, and this is Java 17", "leave the property out"));
    }
}
