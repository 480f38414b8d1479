package io.jobqueue.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Whether handlers run on virtual threads. */
final class VirtualThreads {

    private static final int SINCE = 21;

    private VirtualThreads() {}

    /**
     * Decides it.
     *
     * @param said by {@code jobqueue.worker.virtual-threads}; null when nothing is
     * @param application whether the application uses them, and its Java has them
     * @param java the version of Java
     * @throws InvalidConfigurationPropertyValueException when they are asked for and this Java has none
     */
    static boolean areUsed(@Nullable Boolean said, boolean application, int java) {
        if (said == null) {
            return application;
        }
        if (said && java < SINCE) {
            throw new InvalidConfigurationPropertyValueException(
                    "jobqueue.worker.virtual-threads",
                    true,
                    "virtual threads need Java " + SINCE + " or newer, and this is Java " + java
                            + "; leave the property out to run handlers on platform threads here and on virtual ones where"
                            + " spring.threads.virtual.enabled is true");
        }
        return said;
    }
}
