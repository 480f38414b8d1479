package io.jobqueue.testkit;

import java.util.Locale;
import java.util.Optional;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisProtocol;

/** What tests speak with Redis: {@code -Djobqueue.test.protocol=resp2} or {@code resp3}, else what Jedis takes by itself. */
public final class TestedProtocol {

    private static final String PROPERTY = "jobqueue.test.protocol";

    private TestedProtocol() {}

    /** Makes connections speak it. */
    public static void choose(DefaultJedisClientConfig.Builder config) {
        chosen().ifPresent(config::protocol);
    }

    private static Optional<RedisProtocol> chosen() {
        String name = System.getProperty(PROPERTY, "");
        return name.isBlank() ? Optional.empty() : Optional.of(RedisProtocol.valueOf(name.toUpperCase(Locale.ROOT)));
    }
}
