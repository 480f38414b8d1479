package io.jobqueue.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Makes few calls for many callers: whoever finds no call under way makes one with all that have gathered, the others
 * wait for their answer. A caller alone waits for nobody. Thread-safe.
 *
 * @param <Q> what a caller asks, or wants to have done
 * @param <A> what it is answered
 */
final class CallGate<Q, A> {

    /** What one call carries. */
    interface Load<Q, A> {

        boolean isFull();

        void add(Q question);

        /** Makes the call; returns one answer a question, in order. */
        List<A> send();
    }

    private final Supplier<Load<Q, A>> loads;
    private final Queue<GatheredCall<Q, A>> gathered = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean underWay = new AtomicBoolean();

    /** @param loads gives one that is empty for every call */
    CallGate(Supplier<Load<Q, A>> loads) {
        this.loads = loads;
    }

    /**
     * Asks; throws what the call that carried the question threw. A thread that is interrupted waits for its answer all
     * the same, and is interrupted again when it has it; what was interrupted before a call does not end that.
     */
    A ask(Q question) {
        GatheredCall<Q, A> mine = new GatheredCall<>(question);
        gathered.add(mine);
        boolean interrupted = false;
        while (!mine.isAnswered()) {
            interrupted |= Thread.interrupted(); // the call may be made for others, whom it does not concern
            if (!mine.isTaken() && underWay.compareAndSet(false, true)) {
                lead(mine);
            } else {
                LockSupport.park(this);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return mine.result();
    }

    /** Returns how many callers wait for the next call. */
    int gathered() {
        return gathered.size();
    }

    /** The next call begins before the callers of this one are told: waking many takes as long as writing a call. */
    private void lead(GatheredCall<Q, A> mine) {
        Runnable tell = () -> {};
        try {
            if (!mine.isTaken()) {
                tell = send();
            }
        } finally {
            underWay.set(false);
            GatheredCall<Q, A> next = gathered.peek();
            if (next != null) {
                next.wake();
            }
            tell.run();
        }
    }

    /** Makes a call with all that have gathered, and returns what tells them how it ended. */
    private Runnable send() {
        Load<Q, A> load = loads.get();
        List<GatheredCall<Q, A>> calls = new ArrayList<>();
        while (!load.isFull()) {
            GatheredCall<Q, A> call = gathered.poll();
            if (call == null) {
                break;
            }
            call.take();
            calls.add(call);
            load.add(call.question());
        }
        try {
            List<A> answers = load.send();
            if (answers.size() != calls.size()) {
                throw new IllegalStateException(answers.size() + " answers to " + calls.size() + " questions");
            }
            return () -> {
                for (int i = 0; i < calls.size(); i++) {
                    calls.get(i).answer(answers.get(i));
                }
            };
        } catch (Throwable e) { // every caller whose question was in the call gets it
            return () -> calls.forEach(call -> call.fail(e));
        }
    }
}
