package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobError;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ErrorTextTests {

    @Test
    void keepsTypeMessageAndStack() {
        JobError error = ErrorText.of(new IllegalStateException("broken", new RuntimeException("why")));

        assertThat(error.type()).isEqualTo("java.lang.IllegalStateException");
        assertThat(error.message()).isEqualTo("broken");
        assertThat(error.stack())
                .startsWith("java.lang.IllegalStateException: broken\n\tat io.jobqueue.engine.ErrorTextTests")
                .contains("Caused by: java.lang.RuntimeException: why\n\tat ");
    }

    @Test
    void nullMessageStaysNull() {
        JobError error = ErrorText.of(new IllegalStateException());

        assertThat(error.message()).isNull();
        assertThat(error.stack()).startsWith("java.lang.IllegalStateException\n");
    }

    @Test
    void hugeErrorIsCut() {
        Throwable error = new IllegalStateException("m".repeat(10_000_000));
        StackTraceElement[] frames = new StackTraceElement[200_000];
        Arrays.fill(frames, new StackTraceElement("some.Type", "method", "Type.java", 1));
        error.setStackTrace(frames);
        for (int i = 0; i < 1000; i++) {
            error = new IllegalStateException("again", error);
        }

        JobError text = ErrorText.of(new IllegalStateException("m".repeat(10_000_000), error));

        assertThat(text.message()).hasSize(ErrorText.LONGEST_MESSAGE).endsWith("…");
        assertThat(text.stack())
                .hasSizeLessThanOrEqualTo(ErrorText.LONGEST_STACK)
                .endsWith("…");
    }

    @Test
    void causeIsReachedThoughTheStackIsDeep() {
        Throwable cause = new RuntimeException("the root");
        IllegalStateException error = new IllegalStateException("outer", cause);
        StackTraceElement[] frames = new StackTraceElement[5000];
        Arrays.fill(frames, new StackTraceElement("some.quite.long.named.pack.Type", "method", "Type.java", 1));
        error.setStackTrace(frames);

        assertThat(ErrorText.of(error).stack())
                .contains("... 4960 more", "Caused by: java.lang.RuntimeException: the root");
    }

    @Test
    void cutSplitsNoCharacter() {
        String message = "m".repeat(ErrorText.LONGEST_MESSAGE - 2) + "😀😀";

        assertThat(ErrorText.of(new IllegalStateException(message)).message())
                .isEqualTo("m".repeat(ErrorText.LONGEST_MESSAGE - 2) + "…");
    }

    @Test
    void cyclicCausesEnd() {
        IllegalStateException first = new IllegalStateException("first");
        RuntimeException second = new RuntimeException("second", first);
        first.initCause(second);

        assertThat(ErrorText.of(first).stack()).containsOnlyOnce("first").containsOnlyOnce("second");
    }

    @Test
    void throwableThatThrowsIsStillWritten() {
        JobError error = ErrorText.of(new Hostile());

        assertThat(error.type()).isEqualTo(Hostile.class.getName());
        assertThat(error.message()).isEqualTo("(its message cannot be read: java.lang.StackOverflowError)");
        assertThat(error.stack()).contains(Hostile.class.getName());
    }

    private static final class Hostile extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new StackOverflowError("no message");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("no stack");
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("no cause");
        }
    }
}
