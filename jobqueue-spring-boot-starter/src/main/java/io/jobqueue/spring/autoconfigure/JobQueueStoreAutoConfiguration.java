package io.jobqueue.spring.autoconfigure;

import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Opens the store that {@code jobqueue.store.type} names, unless the application has a store of its own. */
@AutoConfiguration(afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnBooleanProperty(name = "jobqueue.enabled", matchIfMissing = true)
@EnableConfigurationProperties(JobQueueProperties.class)
@Import({
    MemoryStoreConfiguration.class,
    RedisStoreConfiguration.class,
    MissingRedisDriverConfiguration.class,
    UnknownStoreConfiguration.class
})
public final class JobQueueStoreAutoConfiguration {

    /** Wrong properties stop the start also when beans are created lazily. */
    @Bean
    static LazyInitializationExcludeFilter jobQueuePropertiesLazyInitializationExcludeFilter() {
        return LazyInitializationExcludeFilter.forBeanTypes(JobQueueProperties.class);
    }
}
