package io.jobqueue.spring.autoconfigure;

import io.jobqueue.store.JobStore;
import io.jobqueue.store.memory.MemoryStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Keeps jobs in memory, which is also what happens when nobody names a store. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(JobStore.class)
@Conditional(OnMemoryStoreType.class)
class MemoryStoreConfiguration {

    private static final Logger log = LoggerFactory.getLogger(MemoryStoreConfiguration.class);

    @Bean
    MemoryStore jobStore(JobQueueProperties properties, Environment environment, ListableBeanFactory beans) {
        if (properties.store().type() == null) {
            log.warn("Jobs are kept in memory and do not survive a restart, because jobqueue.store.type is not set;"
                    + " set it to redis to keep them, or to memory if that is what you want");
            new IgnoredSettings(new GivenProperties(environment)).warnOfUnusedRedis(beans);
        } else {
            log.info("Jobs are kept in memory and do not survive a restart");
        }
        return new MemoryStore();
    }
}
