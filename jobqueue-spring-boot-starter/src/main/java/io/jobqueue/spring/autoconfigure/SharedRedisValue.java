package io.jobqueue.spring.autoconfigure;

import io.jobqueue.InvalidJobException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A value of {@code spring.data.redis} that the job store takes over, unless it has one of its own.
 *
 * @param key what sets it, below {@code spring.data.redis}
 * @param value null when nothing is to be taken over
 * @param ownKey what sets it for the job store alone, below {@code jobqueue.store.redis}
 */
record SharedRedisValue<T>(String key, @Nullable T value, String ownKey) {

    static <T> SharedRedisValue<T> of(String key, @Nullable T value) {
        return new SharedRedisValue<>(key, value, key);
    }

    SharedRedisValue<T> unless(String ownKey, @Nullable T own) {
        return new SharedRedisValue<>(key, own == null ? value : null, ownKey);
    }

    /**
     * Sets it.
     *
     * @throws JobStoreStartException when it suits Spring Data Redis and not the job store
     */
    void handTo(Consumer<T> setter) {
        if (value == null) {
            return;
        }
        try {
            setter.accept(value);
        } catch (InvalidJobException e) {
            throw new JobStoreStartException(
                    "The job store cannot take over spring.data.redis." + key + ": " + e.getMessage() + ".",
                    "Correct it, or give the job store a value of its own with jobqueue.store.redis." + ownKey + ".",
                    e);
        }
    }
}
