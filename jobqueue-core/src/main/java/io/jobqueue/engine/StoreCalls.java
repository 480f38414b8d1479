package io.jobqueue.engine;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The calls of one caller, one after the other; {@link #abandon} gives up the one under way and is thread-safe. */
final class StoreCalls {

    private volatile @Nullable StoreCall underWay;

    /**
     * Makes a call.
     *
     * @param unanswered is done when no answer came, or nobody waits for it any longer
     * @param abandoned is done after it when nobody waits for it any longer
     */
    <T> T make(Supplier<T> call, Runnable unanswered, Runnable abandoned) {
        StoreCall begun = new StoreCall(() -> {
            unanswered.run();
            abandoned.run();
        });
        underWay = begun;
        T answer;
        try {
            answer = call.get();
        } catch (Throwable e) {
            begun.end();
            unanswered.run();
            throw e;
        }
        begun.end();
        return answer;
    }

    /** Makes a call after which nothing is to be done but what the caller does. */
    <T> T make(Supplier<T> call) {
        return make(call, () -> {}, () -> {});
    }

    /** Makes a call without an answer after which nothing is to be done but what the caller does. */
    void make(Runnable call) {
        Object unused = make(() -> {
            call.run();
            return true;
        });
    }

    /** Gives up the call that is under way; false when there is none. */
    boolean abandon() {
        StoreCall hanging = underWay;
        return hanging != null && hanging.abandon();
    }
}
