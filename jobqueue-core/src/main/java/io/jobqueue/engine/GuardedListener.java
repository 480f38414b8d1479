package io.jobqueue.engine;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a listener throws away from the engine. */
final class GuardedListener implements EngineListener {

    private static final Logger log = LoggerFactory.getLogger(GuardedListener.class);

    private final EngineListener listener;
    private final LogLimit limit;
    private final boolean followsJobs;

    GuardedListener(EngineListener listener, LongSupplier nanos) {
        this.listener = listener;
        limit = new LogLimit(nanos);
        followsJobs = listener.followsJobs();
    }

    @Override
    public void started(String queue, String type, Duration waited) {
        tell(() -> listener.started(queue, type, waited));
    }

    @Override
    public void settled(String queue, String type, Outcome outcome, Duration ran) {
        tell(() -> listener.settled(queue, type, outcome, ran));
    }

    @Override
    public void leaseLost(String queue, int claims) {
        tell(() -> listener.leaseLost(queue, claims));
    }

    @Override
    public void reaped(String queue, int claims) {
        tell(() -> listener.reaped(queue, claims));
    }

    @Override
    public void loopReplaced(String loop) {
        tell(() -> listener.loopReplaced(loop));
    }

    @Override
    public void storeFailed(String queue) {
        tell(() -> listener.storeFailed(queue));
    }

    @Override
    public boolean followsJobs() {
        return followsJobs;
    }

    @Override
    public void happened(JobStep step) {
        tell(() -> listener.happened(step));
    }

    @Override
    public void paused(String queue, @Nullable String type) {
        tell(() -> listener.paused(queue, type));
    }

    @Override
    public void resumed(String queue, @Nullable String type) {
        tell(() -> listener.resumed(queue, type));
    }

    private void tell(Runnable call) {
        try {
            call.run();
        } catch (Throwable e) { // an Error would end the run of a job, or the step of a loop
            if (limit.admits()) {
                log.warn(
                        "Engine listener {} failed, the engine goes on",
                        listener.getClass().getName(),
                        e);
            }
        }
    }
}
