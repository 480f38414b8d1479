package io.jobqueue.spring.autoconfigure;

import io.jobqueue.spring.observation.TracePropagation;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How enqueues and runs are observed.
 *
 * @param propagation How the trace that enqueues a job goes on when the job runs: as its parent, as a link, or not.
 */
public record JobQueueObservationProperties(
        @DefaultValue("parent") TracePropagation propagation) {}
