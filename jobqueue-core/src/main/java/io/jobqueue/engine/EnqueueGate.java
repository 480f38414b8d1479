package io.jobqueue.engine;

import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.NewJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Stores the jobs of many callers of one queue with few calls: whoever finds no call under way makes one
 * with all that have gathered, the others wait for their answer. A caller alone waits for nobody.
 * Thread-safe.
 */
final class EnqueueGate {

    private final QueueWriter writer;
    private final Queue<EnqueueCall> gathered = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean underWay = new AtomicBoolean();

    EnqueueGate(QueueWriter writer) {
        this.writer = writer;
    }

    /** Stores one job; throws what the call of the store that carried it threw. */
    EnqueueAnswer enqueue(NewJob job) {
        EnqueueCall mine = new EnqueueCall(job);
        gathered.add(mine);
        boolean interrupted = false;
        while (!mine.isAnswered()) {
            if (!mine.isTaken() && underWay.compareAndSet(false, true)) {
                lead(mine);
            } else {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
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
    private void lead(EnqueueCall mine) {
        Runnable tell = () -> {};
        try {
            if (!mine.isTaken()) {
                tell = send();
            }
        } finally {
            underWay.set(false);
            EnqueueCall next = gathered.peek();
            if (next != null) {
                next.wake();
            }
            tell.run();
        }
    }

    /** Makes a call with all that have gathered, and returns what tells them how it ended. */
    private Runnable send() {
        EnqueueBatches batches = new EnqueueBatches();
        List<EnqueueCall> calls = new ArrayList<>();
        while (!batches.areFull(writer.mostBatches())) {
            EnqueueCall call = gathered.poll();
            if (call == null) {
                break;
            }
            call.take();
            calls.add(call);
            batches.add(call.job());
        }
        try {
            List<EnqueueAnswer> answers = writer.write(batches.jobs());
            if (answers.size() != calls.size()) {
                throw new IllegalStateException(answers.size() + " answers to " + calls.size() + " jobs");
            }
            return () -> {
                for (int i = 0; i < calls.size(); i++) {
                    calls.get(i).answer(answers.get(i));
                }
            };
        } catch (Throwable e) { // every caller whose job was in the call gets it
            return () -> calls.forEach(call -> call.fail(e));
        }
    }
}
