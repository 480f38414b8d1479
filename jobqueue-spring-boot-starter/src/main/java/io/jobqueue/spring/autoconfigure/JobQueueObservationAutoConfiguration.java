package io.jobqueue.spring.autoconfigure;

import io.jobqueue.engine.EngineObserver;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.spring.observation.JobEnqueueObservationConvention;
import io.jobqueue.spring.observation.JobProcessObservationConvention;
import io.jobqueue.spring.observation.JobQueueObservation;
import io.jobqueue.spring.observation.LinkedTraceHandler;
import io.jobqueue.store.JobStore;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.util.function.SingletonSupplier;

/** Observes enqueues and runs when the application has an observation registry. */
@AutoConfiguration(
        after = JobQueueStoreAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration"
        })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean({JobStore.class, ObservationRegistry.class})
@EnableConfigurationProperties(JobQueueProperties.class)
public final class JobQueueObservationAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(EngineObserver.class)
    JobQueueObservation jobQueueObservation(
            ObservationRegistry registry,
            JobQueueProperties properties,
            ObjectProvider<JobEngine> engine,
            ObjectProvider<JobEnqueueObservationConvention> enqueue,
            ObjectProvider<JobProcessObservationConvention> process) {
        return new JobQueueObservation(
                registry,
                properties.observation().propagation(),
                SingletonSupplier.of(() -> engine.getObject().workerName()),
                enqueue.getIfAvailable(),
                process.getIfAvailable());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Tracer.class)
    @ConditionalOnBean({Tracer.class, Propagator.class})
    @ConditionalOnProperty(name = "jobqueue.observation.propagation", havingValue = "link")
    static class LinkConfiguration {

        /** Before the handler that makes whoever sent a message the parent, which Spring Boot gives the order 1000. */
        private static final int BEFORE_RECEIVERS = 900;

        @Bean
        @ConditionalOnMissingBean
        @Order(BEFORE_RECEIVERS)
        LinkedTraceHandler jobQueueLinkedTraceHandler(Tracer tracer, Propagator propagator) {
            return new LinkedTraceHandler(tracer, propagator);
        }
    }
}
