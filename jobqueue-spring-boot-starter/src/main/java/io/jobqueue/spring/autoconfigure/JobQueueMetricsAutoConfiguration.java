package io.jobqueue.spring.autoconfigure;

import io.jobqueue.engine.JobEngine;
import io.jobqueue.spring.actuate.JobMeters;
import io.jobqueue.spring.actuate.QueueMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Meters what the job queue does when the application has a meter registry. */
@AutoConfiguration(
        after = JobQueueAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean({JobEngine.class, MeterRegistry.class})
public final class JobQueueMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    JobMeters jobQueueJobMeters() {
        return new JobMeters();
    }

    @Bean
    @ConditionalOnMissingBean
    QueueMeters jobQueueQueueMeters(JobEngine engine, JobQueueProperties properties) {
        return new QueueMeters(engine, properties.metrics().queueInterval(), System::nanoTime, InstantSource.system());
    }
}
