package io.jobqueue.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Runs tasks on the test's thread when the test says so. */
final class HeldExecutor implements Executor {

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean rejecting;
    private @Nullable Error failure;

    @Override
    public void execute(Runnable task) {
        if (rejecting) {
            throw new RejectedExecutionException("full");
        }
        if (failure != null) {
            throw failure;
        }
        tasks.add(task);
    }

    void reject() {
        rejecting = true;
    }

    void accept() {
        rejecting = false;
    }

    /** Throws an error from now on; null for no more. */
    void failBy(@Nullable Error error) {
        failure = error;
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
