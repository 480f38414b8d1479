package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Backoff;
import io.jobqueue.RetryPolicy;
import io.jobqueue.engine.EffectiveSetting.Source;
import io.jobqueue.store.memory.MemoryStore;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettingsReportTests {

    private static final HandlerDefinition HANDLER = new HandlerDefinition(
            "mail",
            "mails",
            String.class,
            (payload, job) -> null,
            new JobSettings(7, null, Duration.ofMinutes(1), null, null, null),
            "test");

    private final Settings settings = new Settings(
            new QueueSettings(
                    5, null, new JobSettings(2, null, Duration.ofMinutes(3), Duration.ofHours(9), null, null)),
            Map.of("mails", new QueueSettings(3, null, new JobSettings(4, null, null, null, null, null))));

    private static EffectiveSetting find(List<EffectiveSetting> report, String name) {
        return report.stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void strongestWordHoldsAndIsNamed() {
        List<EffectiveSetting> queue = settings.report("mails");
        List<EffectiveSetting> other = settings.report("others");
        List<EffectiveSetting> handler = settings.report(HANDLER);

        assertThat(find(queue, "concurrency")).isEqualTo(new EffectiveSetting("concurrency", 3, Source.QUEUE));
        assertThat(find(other, "concurrency")).isEqualTo(new EffectiveSetting("concurrency", 5, Source.DEFAULTS));
        assertThat(find(queue, "lease"))
                .isEqualTo(new EffectiveSetting("lease", Duration.ofSeconds(30), Source.BUILT_IN));
        assertThat(find(handler, "max-attempts")).isEqualTo(new EffectiveSetting("max-attempts", 4, Source.QUEUE));
        assertThat(find(handler, "timeout"))
                .isEqualTo(new EffectiveSetting("timeout", Duration.ofMinutes(1), Source.HANDLER));
        assertThat(find(handler, "retention.completed"))
                .isEqualTo(new EffectiveSetting("retention.completed", Duration.ofHours(9), Source.DEFAULTS));
        assertThat(find(other, "retention.max-failed"))
                .isEqualTo(new EffectiveSetting("retention.max-failed", null, Source.BUILT_IN));
    }

    @Test
    void noSettingIsForgotten() {
        long leaves = Stream.of(
                        QueueSettings.class,
                        JobSettings.class,
                        StallSettings.class,
                        RetentionLimits.class,
                        DurabilitySettings.class)
                .flatMap(record -> Stream.of(record.getRecordComponents()))
                .map(RecordComponent::getType)
                .filter(type -> !Set.of(
                                JobSettings.class, StallSettings.class, RetentionLimits.class, DurabilitySettings.class)
                        .contains(type))
                .count();

        assertThat(settings.report("mails")).hasSize((int) leaves);
    }

    @Test
    void backoffIsShownForPeople() {
        assertThat(RetryPolicy.backoff(Backoff.DEFAULT))
                .hasToString("initial PT1S, multiplier 2.0, increment PT0S, max PT5M, jitter 0.25");
    }

    @Test
    void engineTellsItsSettings() {
        try (MemoryStore store = new MemoryStore();
                JobEngine engine = JobEngine.builder(store)
                        .queue("mails", new QueueSettings(3, null, JobSettings.NONE))
                        .build()) {
            assertThat(find(engine.settings("mails"), "concurrency").value()).isEqualTo(3);
            assertThat(find(engine.settings(HANDLER), "max-attempts").source()).isEqualTo(Source.HANDLER);
        }
    }
}
