package io.jobqueue.spring.autoconfigure;

import io.jobqueue.store.redis.RedisConnection;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** The Redis that the application already uses for other things. */
@FunctionalInterface
interface SharedRedis {

    /**
     * Returns a connection to it, to be completed.
     *
     * @throws JobStoreStartException when the store cannot use it
     */
    RedisConnection.Builder connection();

    /** Returns whether somebody has said where it is; else it is looked for on this machine. */
    default boolean isGiven() {
        return true;
    }

    /** Returns whether the jobs go there and not to the server that the platform names, if it does. */
    default boolean goesBefore(@Nullable String platformUrl) {
        return isGiven() || !StringUtils.hasText(platformUrl);
    }
}
