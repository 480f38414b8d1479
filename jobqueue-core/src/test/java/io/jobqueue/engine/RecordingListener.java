package io.jobqueue.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Notes what the engine tells, one word each. */
final class RecordingListener implements EngineListener {

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<JobStep> steps = new CopyOnWriteArrayList<>();
    private volatile boolean following;
    private volatile @Nullable Error failure;

    List<String> events() {
        return events;
    }

    void follow(boolean every) {
        following = every;
    }

    private void fail() {
        Error error = failure;
        if (error != null) {
            throw error;
        }
    }

    /** Throws an error when it is told of a run from now on; null for no more. */
    void failBy(@Nullable Error error) {
        failure = error;
    }

    List<JobStep> steps() {
        return steps;
    }

    /** Returns what was told, as kind, id and attempt. */
    List<String> shownSteps() {
        return steps.stream()
                .map(step -> step.kind() + " " + step.id().value() + " " + step.attempt())
                .toList();
    }

    @Override
    public void started(String queue, String type, Duration waited) {
        fail();
        events.add("started " + waited.toMillis());
    }

    @Override
    public void settled(String queue, String type, Outcome outcome, Duration ran) {
        fail();
        events.add(outcome + " " + ran.toMillis());
    }

    @Override
    public void leaseLost(String queue, int claims) {
        events.add("leaseLost " + claims);
    }

    @Override
    public void reaped(String queue, int claims) {
        events.add("reaped " + claims);
    }

    @Override
    public void loopReplaced(String loop) {
        events.add("loopReplaced " + loop);
    }

    @Override
    public void storeFailed(String queue) {
        events.add("storeFailed " + queue);
    }

    @Override
    public boolean followsJobs() {
        return following;
    }

    @Override
    public void happened(JobStep step) {
        steps.add(step);
    }

    @Override
    public void paused(String queue, @Nullable String type) {
        events.add("paused " + queue + " " + type);
    }

    @Override
    public void resumed(String queue, @Nullable String type) {
        events.add("resumed " + queue + " " + type);
    }
}
