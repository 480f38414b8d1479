package io.jobqueue.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs tasks on the test's thread when the test says so. */
final class HeldExecutor implements Executor {

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean rejecting;

    @Override
    public void execute(Runnable task) {
        if (rejecting) {
            throw new RejectedExecutionException("full");
        }
        tasks.add(task);
    }

    void reject() {
        rejecting = true;
    }

    int size() {
        return tasks.size();
    }

    void runNext() {
        tasks.remove().run();
    }

    void runAll() {
        while (!tasks.isEmpty()) {
            runNext();
        }
    }
}
