package io.jobqueue.spring;

import io.jobqueue.engine.JobEngine;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the workers with the application. The stop waits for running jobs, on a thread of its own, so
 * that other beans of the phase stop at the same time.
 */
public final class JobQueueLifecycle implements SmartLifecycle {

    private final JobEngine engine;
    private final boolean autoStartup;
    private final int phase;

    /**
     * Drives {@code engine}.
     *
     * @param autoStartup whether the workers start with the application; else somebody calls {@link #start()}
     * @param phase when: later than lower phases, and stopped before them
     */
    public JobQueueLifecycle(JobEngine engine, boolean autoStartup, int phase) {
        this.engine = engine;
        this.autoStartup = autoStartup;
        this.phase = phase;
    }

    @Override
    public void start() {
        engine.start();
    }

    @Override
    public void stop() {
        engine.stop();
    }

    @Override
    public void stop(Runnable callback) {
        new Thread(
                        () -> {
                            try {
                                stop();
                            } finally {
                                callback.run();
                            }
                        },
                        "jobqueue-stop")
                .start();
    }

    @Override
    public boolean isRunning() {
        return engine.isRunning();
    }

    @Override
    public boolean isAutoStartup() {
        return autoStartup;
    }

    @Override
    public int getPhase() {
        return phase;
    }
}
