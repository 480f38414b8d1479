package io.jobqueue.engine;

import java.util.concurrent.atomic.AtomicReference;

/**
 * A call of the store that can be given up while it is under way. Either the caller ends it, or somebody else gives it
 * up; never both.
 */
final class StoreCall {

    private enum State {
        UNDER_WAY,
        ENDED,
        ABANDONED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.UNDER_WAY);
    private final Runnable whenAbandoned;

    /** Begins; {@code whenAbandoned} does what the caller does when a call gets no answer. */
    StoreCall(Runnable whenAbandoned) {
        this.whenAbandoned = whenAbandoned;
    }

    /**
     * Ends the call, answered or not.
     *
     * @throws AbandonedStepException when it was given up: whatever came back must be dropped
     */
    void end() {
        if (!state.compareAndSet(State.UNDER_WAY, State.ENDED)) {
            throw new AbandonedStepException();
        }
    }

    /** Gives the call up; false when it has ended. */
    boolean abandon() {
        boolean abandoned = state.compareAndSet(State.UNDER_WAY, State.ABANDONED);
        if (abandoned) {
            whenAbandoned.run();
        }
        return abandoned;
    }
}
