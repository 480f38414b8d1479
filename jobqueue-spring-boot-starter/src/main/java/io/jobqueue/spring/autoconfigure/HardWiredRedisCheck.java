package io.jobqueue.spring.autoconfigure;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Warns when the application connects to its Redis by a factory of its own, and the properties that the jobs follow name
 * another server: most likely the local one, because nobody has set them.
 *
 * @param factories of the application
 * @param address where the properties lead; null when the jobs do not follow them
 */
record HardWiredRedisCheck(
        ObjectProvider<RedisConnectionFactory> factories,
        @Nullable String address) implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(HardWiredRedisCheck.class);

    @Override
    public void afterSingletonsInstantiated() {
        if (address == null) {
            return;
        }
        List<String> theirs = factories
                .orderedStream()
                .map(DataRedisAddress::of)
                .filter(Objects::nonNull)
                .toList();
        if (!theirs.isEmpty() && !theirs.contains(address)) {
            log.warn(
                    "Jobs are kept in the Redis at {}, because spring.data.redis says so, but the connection factory of"
                            + " the application leads to {}. Set jobqueue.store.redis.url, or spring.data.redis.*, to the"
                            + " server that keeps the jobs",
                    address,
                    String.join(" and ", theirs));
        }
    }
}
