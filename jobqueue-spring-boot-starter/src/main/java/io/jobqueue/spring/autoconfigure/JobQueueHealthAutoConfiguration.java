package io.jobqueue.spring.autoconfigure;

import io.jobqueue.engine.JobEngine;
import io.jobqueue.spring.actuate.JobQueueHealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Contributes the job queue to the application's health. */
@AutoConfiguration(after = JobQueueAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(JobEngine.class)
@ConditionalOnEnabledHealthIndicator("jobqueue")
public final class JobQueueHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = {"jobQueueHealthIndicator", "jobQueueHealthContributor"})
    JobQueueHealthIndicator jobQueueHealthIndicator(JobEngine engine, JobQueueProperties properties) {
        boolean onlyEnqueues = !properties.worker().enabled();
        return new JobQueueHealthIndicator(
                engine.store(),
                engine::workers,
                engine::troubles,
                () -> onlyEnqueues || engine.isRunning(),
                engine::isStopping);
    }
}
