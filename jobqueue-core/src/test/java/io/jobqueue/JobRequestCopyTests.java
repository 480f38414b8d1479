package io.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobRequest.IfFailed;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobRequestCopyTests {

    @Test
    void copySaysWhatTheRequestSays() {
        JobRequest delayed = JobRequest.of("mail", "text")
                .queue("mails")
                .id("a")
                .ifFailed(IfFailed.REPLACE)
                .delay(Duration.ofSeconds(1))
                .atFront()
                .dedup(Dedup.untilTerminal("key"))
                .priority(2)
                .maxAttempts(3)
                .backoff(Backoff.fixed(Duration.ofSeconds(4)))
                .timeout(Duration.ofSeconds(5))
                .retention(Duration.ofSeconds(6))
                .header("name", "value")
                .build();
        JobRequest timed = JobRequest.of("mail")
                .contentId()
                .runAt(Instant.EPOCH)
                .immediately()
                .build();

        assertThat(delayed.toBuilder().build()).isEqualTo(delayed);
        assertThat(timed.toBuilder().build()).isEqualTo(timed);
        for (RecordComponent component : JobRequest.class.getRecordComponents()) {
            Object unsaid = invoke(component, JobRequest.of("other").build());
            assertThat(List.of(delayed, timed))
                    .as("requests of this test that say something else for " + component.getName())
                    .anyMatch(request -> !Objects.equals(invoke(component, request), unsaid));
        }
    }

    private static @Nullable Object invoke(RecordComponent component, JobRequest request) {
        try {
            return component.getAccessor().invoke(request);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component.getName(), e);
        }
    }

    @Test
    void changeOfTheCopyLeavesTheRequestAlone() {
        JobRequest request = JobRequest.of("mail", "text").header("a", "1").build();

        JobRequest changed = request.toBuilder().header("a", "2").priority(9).build();

        assertThat(request.headers()).containsEntry("a", "1");
        assertThat(request.priority()).isZero();
        assertThat(changed.headers()).containsEntry("a", "2");
    }
}
