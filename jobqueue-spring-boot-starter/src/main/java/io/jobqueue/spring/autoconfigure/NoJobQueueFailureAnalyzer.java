package io.jobqueue.spring.autoconfigure;

import io.jobqueue.JobQueue;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.spring.JobHandlerRegistry;
import io.jobqueue.store.JobStore;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Tells whoever misses a bean of the job queue that it is switched off. Comes before Spring Boot's own analyzer. */
@Order(-1)
class NoJobQueueFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

    private static final Set<Class<?>> OURS =
            Set.of(JobQueue.class, JobEngine.class, JobStore.class, JobHandlerRegistry.class);

    private final Environment environment;

    NoJobQueueFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(
            Throwable rootFailure, NoSuchBeanDefinitionException cause, @Nullable String description) {
        Class<?> type = cause.getResolvableType() == null
                ? null
                : cause.getResolvableType().resolve();
        boolean switchedOff = !environment.getProperty("jobqueue.enabled", Boolean.class, true);
        if (type == null || !OURS.contains(type) || !switchedOff) {
            return null;
        }
        return new FailureAnalysis(
                (description != null ? description : "The application") + " requires a bean of type '" + type.getName()
                        + "', which does not exist because jobqueue.enabled is false.",
                "Remove jobqueue.enabled=false, or inject an ObjectProvider<" + type.getSimpleName()
                        + "> where the application has to do without it.",
                cause);
    }
}
