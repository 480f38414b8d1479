package io.jobqueue.spring.observation;

import io.jobqueue.JobContext;
import io.jobqueue.engine.EngineListener.Outcome;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run of a job. Its carrier are the headers of the job. */
public class JobReceiverContext extends ReceiverContext<Map<String, String>> {

    private final JobContext job;
    private final String worker;
    private final boolean handled;
    private boolean over;
    private @Nullable Outcome outcome;

    /**
     * Describes a run.
     *
     * @param worker what people call the worker
     * @param handled whether this process has a handler for the job
     * @param propagating whether the trace that came with the job is looked at
     */
    public JobReceiverContext(JobContext job, String worker, boolean handled, boolean propagating) {
        super((carrier, key) -> propagating && carrier != null ? carrier.get(key) : null, Kind.CONSUMER);
        this.job = job;
        this.worker = worker;
        this.handled = handled;
        setCarrier(job.headers());
        setRemoteServiceName("jobqueue");
    }

    /** Returns the job. */
    public JobContext job() {
        return job;
    }

    /** Returns the name of the worker. */
    public String worker() {
        return worker;
    }

    /** Returns whether this process has a handler for the job. */
    public boolean isHandled() {
        return handled;
    }

    /** Returns whether the run is over. */
    public boolean isOver() {
        return over;
    }

    /** Returns what follows the run; null before its end, and when what it led to is dropped. */
    public @Nullable Outcome outcome() {
        return outcome;
    }

    void end(@Nullable Outcome decided) {
        over = true;
        outcome = decided;
    }
}
