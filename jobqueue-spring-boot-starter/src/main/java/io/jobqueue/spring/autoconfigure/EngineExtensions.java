package io.jobqueue.spring.autoconfigure;

import io.jobqueue.EnqueueInterceptor;
import io.jobqueue.JobErrorHandler;
import io.jobqueue.JobInterceptor;
import io.jobqueue.PayloadUpcaster;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.spring.DecoratedRuns;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.task.TaskDecorator;

/** Hands the beans that take part in every job to the engine, each kind in its order. */
final class EngineExtensions {

    private final BeanFactory beans;

    EngineExtensions(BeanFactory beans) {
        this.beans = beans;
    }

    void addTo(JobEngine.Builder builder) {
        List<TaskDecorator> decorators =
                beans.getBeanProvider(TaskDecorator.class).orderedStream().toList();
        if (!decorators.isEmpty()) {
            builder.interceptor(new DecoratedRuns(decorators));
        }
        beans.getBeanProvider(JobInterceptor.class).orderedStream().forEach(builder::interceptor);
        beans.getBeanProvider(EnqueueInterceptor.class).orderedStream().forEach(builder::enqueueInterceptor);
        beans.getBeanProvider(JobErrorHandler.class).orderedStream().forEach(builder::errorHandler);
        beans.getBeanProvider(PayloadUpcaster.class).orderedStream().forEach(builder::upcaster);
    }
}
