package io.jobqueue.sample;

import io.jobqueue.JobId;
import java.net.URI;
import org.springframework.web.util.UriComponentsBuilder;

/** Where this application shows a job. */
public final class JobLocation {

    private JobLocation() {}

    /** Returns the path of the job's page. */
    public static URI of(JobId id) {
        return UriComponentsBuilder.fromPath("/jobs/{queue}/{id}").build(id.queue(), id.value());
    }
}
