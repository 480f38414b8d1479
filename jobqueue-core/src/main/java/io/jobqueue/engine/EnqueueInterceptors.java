package io.jobqueue.engine;

import io.jobqueue.EnqueueInterceptor;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the application wants to be done with every request.
 *
 * @param inOrder who is asked, the first first
 */
record EnqueueInterceptors(List<EnqueueInterceptor> inOrder) {

    EnqueueInterceptors {
        inOrder = List.copyOf(inOrder);
    }

    /** Returns the request that is enqueued in the place of {@code request}. */
    JobRequest apply(JobRequest request) {
        JobRequest current = request;
        for (EnqueueInterceptor interceptor : inOrder) {
            current = requireRequest(interceptor.beforeEnqueue(current), interceptor);
        }
        return current;
    }

    private static JobRequest requireRequest(@Nullable JobRequest request, EnqueueInterceptor interceptor) {
        if (request == null) {
            throw new InvalidJobException("enqueue interceptor "
                    + interceptor.getClass().getName() + ": returned null; return the request, or throw to refuse it");
        }
        return request;
    }
}
