package io.jobqueue.spring.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/** Answers over HTTP that a queue is not found where the endpoint itself would answer nothing. Thread-safe. */
@EndpointWebExtension(endpoint = JobQueueEndpoint.class)
public class JobQueueEndpointWebExtension {

    private final JobQueueEndpoint endpoint;

    /** Extends {@code endpoint}. */
    public JobQueueEndpointWebExtension(JobQueueEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Changes a queue, see {@link JobQueueEndpoint#change}; 404 when nobody knows it. */
    @WriteOperation
    public WebEndpointResponse<@Nullable QueueDescription> change(@Selector String queue, String action) {
        QueueDescription changed = endpoint.change(queue, action);
        return new WebEndpointResponse<>(
                changed, changed == null ? WebEndpointResponse.STATUS_NOT_FOUND : WebEndpointResponse.STATUS_OK);
    }
}
