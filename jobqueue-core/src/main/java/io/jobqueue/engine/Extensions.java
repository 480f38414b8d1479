package io.jobqueue.engine;

import io.jobqueue.EnqueueInterceptor;
import io.jobqueue.JobErrorHandler;
import io.jobqueue.JobInterceptor;
import java.util.List;

/**
 * Code of the application that takes part in every job, each kind in its order.
 *
 * @param interceptors stand around every run
 * @param enqueueInterceptors see every request
 * @param errorHandlers have a say in what follows a failed attempt
 */
record Extensions(
        List<JobInterceptor> interceptors,
        List<EnqueueInterceptor> enqueueInterceptors,
        List<JobErrorHandler> errorHandlers) {

    Extensions {
        interceptors = List.copyOf(interceptors);
        enqueueInterceptors = List.copyOf(enqueueInterceptors);
        errorHandlers = List.copyOf(errorHandlers);
    }
}
