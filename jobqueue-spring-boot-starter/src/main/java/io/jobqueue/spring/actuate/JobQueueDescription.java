package io.jobqueue.spring.actuate;

import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.store.StoreInfo;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The job queue, as JSON shows it.
 *
 * @param worker what people call the workers of this process
 * @param running whether they run
 * @param stopping whether they are stopping
 * @param store where jobs are; null when it does not answer
 * @param error why the store does not answer; null when it does
 * @param queues what the store has answered for, by name
 * @param unreadable why a queue could not be read, by its name
 * @param handlers of this process, by job type
 */
public record JobQueueDescription(
        String worker,
        boolean running,
        boolean stopping,
        @Nullable Store store,
        @Nullable String error,
        Map<String, QueueDescription> queues,
        Map<String, String> unreadable,
        Map<String, Handler> handlers) {

    /**
     * A store, without secrets.
     *
     * @param kind such as {@code redis}
     * @param mode {@code standalone}, {@code sentinel} or {@code cluster}; null when there are no servers
     * @param location where it is
     * @param version of the server
     * @param durability what an acknowledged job survives, in words
     */
    public record Store(String kind, @Nullable String mode, String location, String version, String durability) {

        static Store of(StoreInfo info) {
            return new Store(info.kind(), info.mode(), info.location(), info.version(), info.durability());
        }
    }

    /**
     * A handler.
     *
     * @param queue the queue its jobs are claimed from
     * @param origin where it is declared
     * @param version the version of the payload it reads
     * @param settings what holds for its jobs
     */
    public record Handler(String queue, String origin, int version, Map<String, SettingDescription> settings) {

        static Handler of(HandlerDefinition definition, Map<String, SettingDescription> settings) {
            return new Handler(definition.queue(), definition.origin(), definition.version(), settings);
        }
    }
}
