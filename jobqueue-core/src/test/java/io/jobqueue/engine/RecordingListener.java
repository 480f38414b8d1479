package io.jobqueue.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what the engine tells, one word each. */
final class RecordingListener implements EngineListener {

    private final List<String> events = new CopyOnWriteArrayList<>();

    List<String> events() {
        return events;
    }

    @Override
    public void started(String queue, String type, Duration waited) {
        events.add("started " + waited.toMillis());
    }

    @Override
    public void settled(String queue, String type, Outcome outcome, Duration ran) {
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
}
