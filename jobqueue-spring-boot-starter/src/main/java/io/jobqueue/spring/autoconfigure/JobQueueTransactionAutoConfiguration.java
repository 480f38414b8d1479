package io.jobqueue.spring.autoconfigure;

import io.jobqueue.engine.TransactionBoundary;
import io.jobqueue.spring.transaction.SpringTransactionBoundary;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Lets enqueues wait for the transactions of Spring, where there is its transaction support. */
@AutoConfiguration(before = JobQueueAutoConfiguration.class)
@ConditionalOnClass(TransactionSynchronizationManager.class)
@ConditionalOnBooleanProperty(name = "jobqueue.enabled", matchIfMissing = true)
public final class JobQueueTransactionAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(TransactionBoundary.class)
    SpringTransactionBoundary jobTransactionBoundary() {
        return new SpringTransactionBoundary();
    }
}
