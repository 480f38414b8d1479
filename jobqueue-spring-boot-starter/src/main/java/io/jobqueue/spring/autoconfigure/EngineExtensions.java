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
    private final List<TaskDecorator> decorators;

    /** @param decorators those for everybody: whoever asks a factory gets those as well that are no candidates by default */
    EngineExtensions(BeanFactory beans, List<TaskDecorator> decorators) {
        this.beans = beans;
        this.decorators = decorators;
    }

    void addTo(JobEngine.Builder builder) {
        if (!decorators.isEmpty()) {
            builder.interceptor(new DecoratedRuns(decorators));
        }
        beans.getBeanProvider(JobInterceptor.class).orderedStream().forEach(builder::interceptor);
        beans.getBeanProvider(EnqueueInterceptor.class).orderedStream().forEach(builder::enqueueInterceptor);
        beans.getBeanProvider(JobErrorHandler.class).orderedStream().forEach(builder::errorHandler);
        beans.getBeanProvider(PayloadUpcaster.class).orderedStream().forEach(builder::upcaster);
    }
}
