package io.jobqueue.spring.autoconfigure;

import org.springframework.context.SmartLifecycle;

/** Does something when all handlers are known and before a worker starts; what it throws stops the start. */
record BeforeWorkers(Runnable task) implements SmartLifecycle {

    @Override
    public void start() {
        task.run();
    }

    @Override
    public void stop() {}

    @Override
    public boolean isRunning() {
        return false;
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
