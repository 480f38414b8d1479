package io.jobqueue.spring.autoconfigure;

import io.jobqueue.spring.event.JobQueueEventPublisher;
import io.jobqueue.store.JobStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/** Publishes what this process does with queues and jobs to the listeners of the application. */
@AutoConfiguration(after = JobQueueStoreAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "jobqueue.enabled", matchIfMissing = true)
@ConditionalOnBean(JobStore.class)
@EnableConfigurationProperties(JobQueueProperties.class)
public final class JobQueueEventAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    JobQueueEventPublisher jobQueueEventPublisher(ApplicationEventPublisher publisher, JobQueueProperties properties) {
        return new JobQueueEventPublisher(publisher, properties.events().enabled());
    }
}
