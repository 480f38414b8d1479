package io.jobqueue.spring.autoconfigure;

import io.jobqueue.engine.JobEngine;

/** A bean that has the last word on how the engine is built. Customizers run in their order. */
@FunctionalInterface
public interface JobEngineBuilderCustomizer {

    /** Changes {@code builder}, which already holds what the properties and the beans say. */
    void customize(JobEngine.Builder builder);
}
