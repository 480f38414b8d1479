package io.jobqueue.engine;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * The calls of one thread that takes steps of a worker by turns: others have theirs during a call. {@link #abandon} is
 * thread-safe, everything else needs the turn.
 */
final class StoreLine {

    private static final Duration TURN_PATIENCE = Duration.ofSeconds(2);

    private final Turns turns;
    private final StoreCalls calls = new StoreCalls();

    StoreLine(Turns turns) {
        this.turns = turns;
    }

    /**
     * Makes a call; the thread has the turn again when it returns.
     *
     * @param unanswered is done in a turn when no answer came, or nobody waits for it any longer
     * @param abandoned is done after it when nobody waits for it any longer
     */
    <T> T make(Supplier<T> call, Runnable unanswered, Runnable abandoned) {
        Turns.Call underWay = turns.begin();
        return calls.make(() -> underWay.make(call), () -> turns.take(unanswered), () -> {
            abandoned.run();
            underWay.end();
        });
    }

    /** Makes a call without an answer after which nothing is to be done but what the caller does. */
    void make(Runnable call) {
        Object unused = make(
                () -> {
                    call.run();
                    return true;
                },
                () -> {},
                () -> {});
    }

    /**
     * Gives up the call that is under way.
     *
     * @param then is done in the same turn
     * @return false when there is none, or whoever has the turn keeps it
     */
    boolean abandon(Runnable then) {
        return turns.tryTake(TURN_PATIENCE, () -> {
            boolean abandoned = calls.abandon();
            if (abandoned) {
                then.run();
            }
            return abandoned;
        });
    }
}
