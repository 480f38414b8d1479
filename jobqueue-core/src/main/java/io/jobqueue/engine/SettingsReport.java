package io.jobqueue.engine;

import io.jobqueue.engine.EffectiveSetting.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells of every setting what holds and who has said it. */
final class SettingsReport {

    private static final Map<String, Function<QueueSettings, @Nullable Object>> OF_QUEUES = new LinkedHashMap<>();
    private static final Map<String, Function<JobSettings, @Nullable Object>> OF_JOBS = new LinkedHashMap<>();

    static {
        OF_QUEUES.put("concurrency", QueueSettings::concurrency);
        OF_QUEUES.put("lease", QueueSettings::lease);
        OF_QUEUES.put("types", QueueSettings::types);
        OF_QUEUES.put("order", QueueSettings::order);
        OF_QUEUES.put("partitions", QueueSettings::partitions);
        OF_QUEUES.put("durability", queue -> queue.durability().durability());
        OF_QUEUES.put("durability-timeout", queue -> queue.durability().timeout());
        OF_QUEUES.put("stall-policy", queue -> queue.stall().policy());
        OF_QUEUES.put("max-crashes", queue -> queue.stall().maxCrashes());
        OF_QUEUES.put("retention.max-completed", queue -> queue.limits().maxCompleted());
        OF_QUEUES.put("retention.max-failed", queue -> queue.limits().maxFailed());
        OF_QUEUES.put("retention.max-cancelled", queue -> queue.limits().maxCancelled());
        OF_JOBS.put("max-attempts", JobSettings::maxAttempts);
        OF_JOBS.put("retry", JobSettings::retry);
        OF_JOBS.put("timeout", JobSettings::timeout);
        OF_JOBS.put("no-retry-for", JobSettings::noRetryFor);
        OF_JOBS.put("retry-for", JobSettings::retryFor);
        OF_JOBS.put("retention.completed", JobSettings::completedRetention);
        OF_JOBS.put("retention.failed", JobSettings::failedRetention);
        OF_JOBS.put("retention.cancelled", JobSettings::cancelledRetention);
        OF_JOBS.forEach((name, value) -> OF_QUEUES.put(name, queue -> value.apply(queue.jobs())));
    }

    private SettingsReport() {}

    /** Returns every setting of a queue. */
    static List<EffectiveSetting> ofQueue(QueueSettings own, QueueSettings defaults) {
        return report(
                OF_QUEUES,
                Map.of(Source.QUEUE, own, Source.DEFAULTS, defaults, Source.BUILT_IN, QueueSettings.BUILT_IN));
    }

    /** Returns every setting of the jobs of a handler. */
    static List<EffectiveSetting> ofHandler(JobSettings own, JobSettings handler, JobSettings defaults) {
        return report(
                OF_JOBS,
                Map.of(
                        Source.QUEUE,
                        own,
                        Source.HANDLER,
                        handler,
                        Source.DEFAULTS,
                        defaults,
                        Source.BUILT_IN,
                        QueueSettings.BUILT_IN.jobs()));
    }

    private static <S> List<EffectiveSetting> report(
            Map<String, Function<S, @Nullable Object>> settings, Map<Source, S> levels) {
        List<EffectiveSetting> report = new ArrayList<>();
        settings.forEach((name, value) -> report.add(effective(name, value, levels)));
        return List.copyOf(report);
    }

    private static <S> EffectiveSetting effective(
            String name, Function<S, @Nullable Object> value, Map<Source, S> levels) {
        for (Source source : Source.values()) {
            S level = levels.get(source);
            Object said = level == null ? null : value.apply(level);
            if (said != null) {
                return new EffectiveSetting(name, said, source);
            }
        }
        return new EffectiveSetting(name, null, Source.BUILT_IN);
    }
}
