package io.jobqueue.engine;

import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.NewJob;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One caller of an {@link EnqueueGate}: its job and the thread that waits for the answer. */
final class EnqueueCall {

    private final NewJob job;
    private final Thread caller = Thread.currentThread();
    private volatile @Nullable EnqueueAnswer answer;
    private volatile @Nullable Throwable error;
    private volatile boolean taken;

    EnqueueCall(NewJob job) {
        this.job = job;
    }

    NewJob job() {
        return job;
    }

    /** Notes that a call of the store carries the job. */
    void take() {
        taken = true;
    }

    /** Returns whether a call of the store carries the job, so that nothing is left but to wait for its answer. */
    boolean isTaken() {
        return taken;
    }

    boolean isAnswered() {
        return answer != null || error != null;
    }

    void answer(EnqueueAnswer answer) {
        this.answer = answer;
        wake();
    }

    void fail(Throwable error) {
        this.error = error;
        wake();
    }

    void wake() {
        if (!caller.equals(Thread.currentThread())) {
            LockSupport.unpark(caller);
        }
    }

    /** Returns the answer, or throws what the call of the store threw, on the caller's own thread. */
    EnqueueAnswer result() {
        EnqueueAnswer given = answer;
        if (given != null) {
            return given;
        }
        if (error instanceof StoreUnavailableException unavailable) {
            throw new StoreUnavailableException(
                    String.valueOf(unavailable.getMessage()), unavailable.outcome(), unavailable);
        }
        if (error instanceof Error severe) {
            throw severe;
        }
        if (error instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        throw new IllegalStateException("enqueue without an answer", error);
    }
}
