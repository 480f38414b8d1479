package io.jobqueue.spring.observation;

import io.jobqueue.engine.EngineObserver.NewcomerJob;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A call that stores jobs. Its carrier becomes headers of every one of them. */
public class JobSenderContext extends SenderContext<Map<String, String>> {

    private final List<NewcomerJob> jobs;

    /**
     * Describes a call.
     *
     * @param jobs what it stores, one or more
     * @param propagating whether the trace is sent along
     */
    public JobSenderContext(List<NewcomerJob> jobs, boolean propagating) {
        super(
                (carrier, key, value) -> {
                    if (propagating) {
                        Objects.requireNonNull(carrier).put(key, value);
                    }
                },
                Kind.PRODUCER);
        this.jobs = List.copyOf(jobs);
        setCarrier(new HashMap<>());
        setRemoteServiceName("jobqueue");
    }

    /** Returns the jobs of the call, in its order; unmodifiable. */
    public List<NewcomerJob> jobs() {
        return jobs;
    }
}
