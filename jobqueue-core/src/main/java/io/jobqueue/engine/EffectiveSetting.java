package io.jobqueue.engine;

import org.jspecify.annotations.Nullable;

/**
 * A setting that holds, and who has said it.
 *
 * @param name as in the configuration: {@code max-attempts}, {@code retention.failed}
 * @param value what holds; null when nothing does, such as no timeout
 * @param source who has said it
 */
public record EffectiveSetting(String name, @Nullable Object value, Source source) {

    /** Who says a setting, the strongest first. */
    public enum Source {
        /** The settings of the queue. */
        QUEUE,
        /** The handler of the job type. */
        HANDLER,
        /** The defaults of the engine. */
        DEFAULTS,
        /** Nobody. */
        BUILT_IN
    }
}
