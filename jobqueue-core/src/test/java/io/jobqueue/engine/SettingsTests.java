package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.InvalidJobException;
import io.jobqueue.StallPolicy;
import io.jobqueue.store.JobOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class SettingsTests {

    private static JobSettings attempts(int maxAttempts) {
        return new JobSettings(maxAttempts, null, null, null, null, null);
    }

    private static QueueSettings queue(JobSettings jobs) {
        return new QueueSettings(null, null, jobs);
    }

    private static HandlerDefinition handler(JobSettings settings) {
        return new HandlerDefinition("type", "work", String.class, (payload, job) -> null, settings, "test");
    }

    @Test
    void requestGoesBeforeQueueBeforeHandlerBeforeDefaults() {
        Settings settings = new Settings(queue(attempts(4)), Map.of("work", queue(attempts(6))));
        HandlerDefinition five = handler(attempts(5));

        assertThat(settings.rules("other", handler(JobSettings.NONE)).maxAttempts())
                .isEqualTo(4);
        assertThat(settings.rules("other", five).maxAttempts()).isEqualTo(5);
        assertThat(settings.rules("work", five).maxAttempts()).isEqualTo(6);
        assertThat(settings.rules("work", five)
                        .with(new JobOptions(7, null, null, null, Map.of()))
                        .maxAttempts())
                .isEqualTo(7);
    }

    @Test
    void wordsOnErrorsHaveTheSamePrecedenceEachOnItsOwn() {
        JobSettings ofDefaults = JobSettings.NONE.withErrors(Set.of(Error.class), Set.of(IOException.class));
        JobSettings ofQueue = JobSettings.NONE.withErrors(Set.of(), null);
        Settings settings = new Settings(queue(ofDefaults), Map.of("work", queue(ofQueue)));
        HandlerDefinition handler =
                handler(JobSettings.NONE.withErrors(Set.of(RuntimeException.class), Set.of(TimeoutException.class)));

        assertThat(settings.rules("other").retryable())
                .isEqualTo(new RetryableErrors(Set.of(Error.class), Set.of(IOException.class)));
        assertThat(settings.rules("other", handler).retryable())
                .isEqualTo(new RetryableErrors(Set.of(RuntimeException.class), Set.of(TimeoutException.class)));
        assertThat(settings.rules("work", handler)
                        .with(new JobOptions(7, null, null, null, Map.of()))
                        .retryable())
                .isEqualTo(new RetryableErrors(Set.of(), Set.of(TimeoutException.class)));
    }

    @Test
    void builtInSettingsFillTheRest() {
        Settings settings = new Settings(QueueSettings.NONE, Map.of());

        assertThat(settings.of("work")).isEqualTo(QueueSettings.BUILT_IN);
        assertThat(settings.rules("work"))
                .returns(3, JobRules::maxAttempts)
                .returns(null, JobRules::timeout)
                .returns(Duration.ofHours(1), JobRules::completedRetention)
                .returns(Duration.ofDays(14), JobRules::failedRetention);
    }

    @Test
    void queueSaysHowItIsWorkedOff() {
        Settings settings = new Settings(
                QueueSettings.NONE, Map.of("work", new QueueSettings(50, Duration.ofSeconds(2), JobSettings.NONE)));

        assertThat(settings.of("work").concurrency()).isEqualTo(50);
        assertThat(settings.of("work").lease()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.of("other").concurrency()).isEqualTo(10);
    }

    @Test
    void queueSaysWhatBecomesOfTheJobsOfLostWorkers() {
        QueueSettings defaults = QueueSettings.NONE.withStall(new StallSettings(null, 5));
        QueueSettings work = QueueSettings.NONE.withStall(new StallSettings(StallPolicy.MARK_STALE, null));
        Settings settings = new Settings(defaults, Map.of("work", work));

        assertThat(settings.of("work").stall()).isEqualTo(new StallSettings(StallPolicy.MARK_STALE, 5));
        assertThat(settings.of("other").stall()).isEqualTo(new StallSettings(StallPolicy.REQUEUE, 5));
    }

    @Test
    void queueSaysHowManyEndedJobsItKeeps() {
        QueueSettings defaults = QueueSettings.NONE.withLimits(new RetentionLimits(1000, null, 50));
        QueueSettings work = QueueSettings.NONE.withLimits(new RetentionLimits(5, null, null));
        Settings settings = new Settings(defaults, Map.of("work", work));

        assertThat(settings.of("work").limits()).isEqualTo(new RetentionLimits(5, null, 50));
        assertThat(settings.of("other").limits()).isEqualTo(new RetentionLimits(1000, null, 50));
    }

    @Test
    void queueSaysWhichTypesItsWorkerClaims() {
        QueueSettings defaults = QueueSettings.NONE.withTypes(Set.of("mail"));
        Settings settings = new Settings(
                defaults, Map.of("work", QueueSettings.NONE.withTypes(Set.of()), "own", QueueSettings.NONE));

        assertThat(settings.of("own").types()).containsExactly("mail");
        assertThat(settings.of("work").types()).isEmpty();
        assertThatThrownBy(() -> QueueSettings.NONE.withTypes(Set.of("a\nb"))).isInstanceOf(InvalidJobException.class);
    }

    @Test
    void limitOfZeroIsRefusedWithTheRemedy() {
        assertThatThrownBy(() -> new RetentionLimits(null, 0, null))
                .isInstanceOf(InvalidJobException.class)
                .hasMessage(
                        "maxFailed 0: must be at least 1; to keep no failed job, set the retention of failed jobs to zero");
    }

    @Test
    void crashesAllowedAreAtLeastOne() {
        assertThatThrownBy(() -> new StallSettings(null, 0))
                .isInstanceOf(InvalidJobException.class)
                .hasMessage("maxCrashes 0: must be 1 to 10000");
    }
}
