package io.jobqueue.spring.autoconfigure;

import io.jobqueue.store.JobStore;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** Says what is missing when jobs shall be kept in Redis and its driver is not there. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingClass("redis.clients.jedis.UnifiedJedis")
@ConditionalOnMissingBean(JobStore.class)
@Conditional(OnRedisStoreType.class)
class MissingRedisDriverConfiguration {

    @Bean
    JobStore jobStore() {
        throw new JobStoreStartException(
                "jobqueue.store.type is redis, and Jedis, the driver, is not on the class path.",
                "Do not exclude redis.clients:jedis, which the starter brings, or set jobqueue.store.type=memory.",
                null);
    }
}
