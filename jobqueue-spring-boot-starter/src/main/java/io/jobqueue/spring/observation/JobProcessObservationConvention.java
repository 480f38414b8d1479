package io.jobqueue.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** Names and tags the observations of runs of jobs. A bean of this type is used in place of the default one. */
public interface JobProcessObservationConvention extends ObservationConvention<JobReceiverContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof JobReceiverContext;
    }
}
