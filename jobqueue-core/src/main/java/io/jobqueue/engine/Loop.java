package io.jobqueue.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that takes the steps of its parts: owns the waiting, the stopping and the backoff after
 * errors. The thread ends by {@link #stop()} alone.
 *
 * <p>A part that is added to a running loop begins when the loop is woken next, or turns. A loop runs once;
 * {@link #add}, {@link #wake} and {@link #stop} are thread-safe.
 */
final class Loop {

    private static final Logger log = LoggerFactory.getLogger(Loop.class);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private enum Waking {
        /** Between two waits; a wake is noted. */
        AWAKE,
        /** The thread waits, or is about to; a wake must end it. */
        WAITING,
        /** Woken since the last turn began. */
        WOKEN
    }

    private final LoopContext context;
    private final Thread thread;
    private final List<LoopPart> parts = new CopyOnWriteArrayList<>();
    private final AtomicReference<Waking> waking = new AtomicReference<>(Waking.AWAKE);
    private volatile boolean stopping;
    private volatile long turnedAt;

    Loop(String name, boolean daemon, LoopContext context) {
        this.context = context;
        thread = new Thread(this::run, name);
        thread.setDaemon(daemon);
        turnedAt = context.nanos().getAsLong();
    }

    /**
     * Adds a part.
     *
     * @param name what it does, for messages
     * @param queue for which queue; null when it is not for one
     */
    void add(String name, @Nullable String queue, Periodic periodic) {
        parts.add(new LoopPart(name, queue, periodic, context));
    }

    void start() {
        thread.start();
    }

    /** Makes all parts due now, those apart that wait after a failure. Cheap when the loop is not waiting. */
    void wake() {
        if (waking.get() != Waking.WOKEN && waking.getAndSet(Waking.WOKEN) == Waking.WAITING) {
            LockSupport.unpark(thread);
        }
    }

    /** Lets the thread end after the step it is in. Repeating is harmless. */
    void stop() {
        stopping = true;
        wake();
        LockSupport.unpark(thread);
    }

    /** Stops, and interrupts the step the thread is in. */
    void stopNow() {
        stop();
        thread.interrupt();
    }

    /** Waits until the thread has ended, for {@code atMost}; at once for a loop never started. */
    void join(Duration atMost) throws InterruptedException {
        TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, atMost.toNanos()));
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /** Returns whether the thread lives and has turned within {@code recently}. */
    boolean isTurning(Duration recently) {
        return thread.isAlive() && context.nanos().getAsLong() - turnedAt <= recently.toNanos();
    }

    /**
     * Takes all steps that are due, once each.
     *
     * @return how long until the next is due
     */
    Duration turn() throws InterruptedException {
        boolean woken = waking.getAndSet(Waking.AWAKE) == Waking.WOKEN;
        turnedAt = context.nanos().getAsLong();
        for (LoopPart part : parts) {
            part.turn(woken);
        }
        turnedAt = context.nanos().getAsLong();
        long wait = LONGEST_WAIT.toNanos();
        for (LoopPart part : parts) {
            wait = Math.min(wait, part.untilDue(turnedAt));
        }
        return Duration.ofNanos(Math.max(0, wait));
    }

    private void run() {
        while (!stopping) {
            try {
                await(turn());
            } catch (InterruptedException e) {
                // Only stopNow() interrupts a loop; the condition above sees it. A stray one changes nothing.
            } catch (Throwable e) { // such as no memory left to note a failure; the thread must go on
                tellOf(e);
                await(Duration.ofSeconds(1));
            }
        }
        parts.forEach(LoopPart::end);
    }

    private void await(Duration wait) {
        if (!wait.isZero() && !stopping && waking.compareAndSet(Waking.AWAKE, Waking.WAITING)) {
            LockSupport.parkNanos(this, wait.toNanos());
            Thread.interrupted(); // a stray interrupt left standing would end every later wait at once
            waking.compareAndSet(Waking.WAITING, Waking.AWAKE);
        }
    }

    private void tellOf(Throwable failure) {
        try {
            log.error("Loop {} failed, it goes on", thread.getName(), failure);
        } catch (Throwable e) { // a logger without memory must not end the loop either
            return;
        }
    }
}
