package io.jobqueue.spring.test.app;

import io.jobqueue.EnqueueInterceptor;
import io.jobqueue.JobRequest;
import org.springframework.stereotype.Component;

/** Says with every job whose it is. */
@Component
public class Tenant implements EnqueueInterceptor {

    @Override
    public JobRequest beforeEnqueue(JobRequest request) {
        return request.toBuilder().header("tenant", "acme").build();
    }
}
