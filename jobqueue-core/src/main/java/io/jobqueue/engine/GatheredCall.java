package io.jobqueue.engine;

import io.jobqueue.StoreUnavailableException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One caller of a {@link CallGate}: its question and the thread that waits for the answer. */
final class GatheredCall<Q, A> {

    private final Q question;
    private final Thread caller = Thread.currentThread();
    private volatile @Nullable A answer;
    private volatile @Nullable Throwable error;
    private volatile boolean taken;

    GatheredCall(Q question) {
        this.question = question;
    }

    Q question() {
        return question;
    }

    /** Notes that a call of the store carries the question. */
    void take() {
        taken = true;
    }

    /** Returns whether a call of the store carries the question, so that nothing is left but to wait for its answer. */
    boolean isTaken() {
        return taken;
    }

    boolean isAnswered() {
        return answer != null || error != null;
    }

    void answer(A answer) {
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
    A result() {
        A given = answer;
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
        throw new IllegalStateException("call without an answer", error);
    }
}
