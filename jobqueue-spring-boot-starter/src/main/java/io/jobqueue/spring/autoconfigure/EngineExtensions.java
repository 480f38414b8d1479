package io.jobqueue.spring.autoconfigure;

import io.jobqueue.EnqueueInterceptor;
import io.jobqueue.JobErrorHandler;
import io.jobqueue.JobInterceptor;
import io.jobqueue.PayloadUpcaster;
import io.jobqueue.engine.JobEngine;
import org.springframework.beans.factory.BeanFactory;

/** Hands the beans that take part in every job to the engine, each kind in its order. */
final class EngineExtensions {

    private final BeanFactory beans;

    EngineExtensions(BeanFactory beans) {
        this.beans = beans;
    }

    void addTo(JobEngine.Builder builder) {
        beans.getBeanProvider(JobInterceptor.class).orderedStream().forEach(builder::interceptor);
        beans.getBeanProvider(EnqueueInterceptor.class).orderedStream().forEach(builder::enqueueInterceptor);
        beans.getBeanProvider(JobErrorHandler.class).orderedStream().forEach(builder::errorHandler);
        beans.getBeanProvider(PayloadUpcaster.class).orderedStream().forEach(builder::upcaster);
    }
}
