package io.jobqueue.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** Names and tags the observations of calls that store jobs. A bean of this type is used in place of the default one. */
public interface JobEnqueueObservationConvention extends ObservationConvention<JobSenderContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof JobSenderContext;
    }
}
