package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.store.Audit;
import io.jobqueue.store.Term;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How the engine goes through an audit. */
class AuditorTests {

    private static final Term TERM = new Term("work", "me", 1);
    private static final Audit MORE = new Audit("more", false, 0, 0, 0);
    private static final Audit BROKEN = new Audit("more", true, 2, 1, 3);

    private final List<Audit> answers = new ArrayList<>();
    private final List<@Nullable String> cursors = new ArrayList<>();
    private final Auditor auditor = new Auditor(
            (term, request) -> {
                cursors.add(request.cursor());
                return answers.remove(0);
            },
            new Settings(QueueSettings.NONE, Map.of()).rules("work"),
            Duration.ofSeconds(30),
            new Jitter(() -> 0.5));

    @Test
    void soundQueueIsLookedThroughAtLeisure() {
        answers.addAll(List.of(MORE, MORE, Audit.SOUND));

        for (int i = 0; i < 3; i++) {
            assertThat(auditor.audit(TERM)).isGreaterThanOrEqualTo(Duration.ofSeconds(20));
        }

        assertThat(cursors).containsExactly(null, "more", "more");
    }

    @Test
    void brokenQueueIsRepairedAtOnceAndToldOfInOneLine() {
        answers.addAll(List.of(BROKEN, BROKEN, Audit.SOUND));

        try (LogLines log = new LogLines()) {
            assertThat(auditor.audit(TERM)).isLessThan(Duration.ofSeconds(1));
            assertThat(auditor.audit(TERM)).isLessThan(Duration.ofSeconds(1));
            assertThat(auditor.audit(TERM)).isGreaterThanOrEqualTo(Duration.ofSeconds(20));

            assertThat(log.messages())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains(
                                    "'work'", "4 lost jobs wait again", "2 that may have run are failed", "6 entries"));
        }
    }

    @Test
    void queueThatStaysBrokenIsNotAuditedInAHotLoop() {
        answers.add(new Audit(null, true, 0, 0, 1));

        assertThat(auditor.audit(TERM)).isGreaterThanOrEqualTo(Duration.ofSeconds(20));
    }
}
