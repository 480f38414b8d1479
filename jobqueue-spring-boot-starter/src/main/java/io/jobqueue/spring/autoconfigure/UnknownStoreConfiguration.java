package io.jobqueue.spring.autoconfigure;

import io.jobqueue.store.JobStore;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Stands for a type of store that there is not. Without a store there would be no job queue, and a bean of the
 * application that needs it, and comes first, would be told that instead of the property that is wrong.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(JobStore.class)
@Conditional(OnUnknownStoreType.class)
class UnknownStoreConfiguration {

    /** Is not reached: binding the properties fails with the property, its value, its origin and the types there are. */
    @Bean
    JobStore jobStore(JobQueueProperties properties) {
        throw new IllegalStateException(
                "there is no store of the type " + properties.store().type());
    }
}
