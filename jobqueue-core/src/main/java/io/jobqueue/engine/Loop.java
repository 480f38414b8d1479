package io.jobqueue.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that takes the steps of its parts: owns the waiting, the stopping and the backoff after
 * errors. The loop ends by {@link #stop()} alone; its thread can be replaced, see {@link LoopGuard}.
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

    private final ThreadFactory threads;
    private final String name;
    private final boolean daemon;
    private final LoopContext context;
    private final List<LoopPart> parts = new CopyOnWriteArrayList<>();
    private final AtomicReference<Waking> waking = new AtomicReference<>(Waking.AWAKE);
    private volatile Thread thread;
    private volatile boolean started;
    private volatile boolean stopping;

    Loop(String name, boolean daemon, LoopContext context) {
        this(name, daemon, context, FreshThread::of);
    }

    /** Runs on threads made by {@code threads}. */
    Loop(String name, boolean daemon, LoopContext context, ThreadFactory threads) {
        this.threads = threads;
        this.name = name;
        this.daemon = daemon;
        this.context = context;
        thread = newThread();
    }

    String name() {
        return name;
    }

    /**
     * Adds a part.
     *
     * @param name what it does, for messages
     * @param queue for which queue; null when it is not for one
     */
    LoopPart add(String name, @Nullable String queue, Periodic periodic) {
        LoopPart part = new LoopPart(name, queue, periodic, context);
        parts.add(part);
        return part;
    }

    synchronized void start() {
        thread.start();
        started = true;
    }

    /**
     * Wakes the loop, and starts it when it has not been: for work that many never have, and can do without when there are
     * no more threads.
     */
    void startOrWake() {
        if (!started) {
            startOnce();
        }
        wake();
    }

    private synchronized void startOnce() {
        if (started || stopping) {
            return;
        }
        try {
            start();
        } catch (OutOfMemoryError e) { // no more threads: the next wake tries again
            thread = newThread();
        }
    }

    /** Makes all parts due now, those apart that wait after a failure. Cheap when the loop is not waiting. */
    void wake() {
        if (waking.get() != Waking.WOKEN && waking.getAndSet(Waking.WOKEN) == Waking.WAITING) {
            LockSupport.unpark(thread);
        }
    }

    /** Lets the thread end after the step it is in. Repeating is harmless. */
    synchronized void stop() {
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

    /** Returns whether it takes its steps: its thread lives, and is in none for longer than {@code patience}. */
    boolean isTurning(Duration patience) {
        return hasNoWork() || (thread.isAlive() && hanging(patience) == null);
    }

    /**
     * Lets another thread take the steps when the one that did has died, or hangs in a step that can be given up.
     *
     * @param patience how long a step may take
     * @return the thread that does not take them any longer; null when nothing was done
     */
    synchronized @Nullable Thread replace(Duration patience) {
        if (hasNoWork()) {
            return null;
        }
        Thread replaced = thread;
        if (!replaced.isAlive()) {
            parts.forEach(LoopPart::restart);
        } else if (!abandon(hanging(patience))) {
            return null;
        }
        thread = newThread();
        thread.start();
        replaced.interrupt(); // it may get out of what it hangs in; it does nothing more in any case
        return replaced;
    }

    /**
     * Takes all steps that are due, once each.
     *
     * @return how long until the next is due
     */
    Duration turn() throws InterruptedException {
        boolean woken = waking.getAndSet(Waking.AWAKE) == Waking.WOKEN;
        for (LoopPart part : parts) {
            part.turn(woken);
        }
        long now = context.nanos().getAsLong();
        long wait = LONGEST_WAIT.toNanos();
        for (LoopPart part : parts) {
            wait = Math.min(wait, part.untilDue(now));
        }
        return Duration.ofNanos(Math.max(0, wait));
    }

    private boolean hasNoWork() {
        return !started || stopping;
    }

    boolean isStopping() {
        return stopping;
    }

    /** Returns the parts of which all steps of so long a time have failed, or were given up. */
    List<LoopPart> failing(Duration longerThan) {
        return parts.stream().filter(part -> part.isFailing(longerThan)).toList();
    }

    /** Returns where its thread is; empty when it has died. */
    StackTraceElement[] stack() {
        return thread.getStackTrace();
    }

    /** Returns the part whose step takes longer than {@code patience}; null when there is none. */
    @Nullable
    LoopPart hanging(Duration patience) {
        for (LoopPart part : parts) {
            if (part.isHanging(patience)) {
                return part;
            }
        }
        return null;
    }

    private static boolean abandon(@Nullable LoopPart part) {
        return part != null && part.abandon();
    }

    private Thread newThread() {
        Thread created = threads.newThread(this::run);
        created.setName(name);
        created.setDaemon(daemon);
        return created;
    }

    private boolean isReplaced() {
        return !Thread.currentThread().equals(thread);
    }

    private void run() {
        while (!stopping && !isReplaced()) {
            try {
                await(turn());
            } catch (AbandonedStepException e) {
                return; // another thread takes the steps
            } catch (InterruptedException e) {
                // Only stopNow() interrupts a loop; the condition above sees it. A stray one changes nothing.
            } catch (Throwable e) { // such as no memory left to note a failure; the thread must go on
                tellOf(e);
                await(Duration.ofSeconds(1));
            }
        }
        if (!isReplaced()) {
            parts.forEach(LoopPart::end);
        }
    }

    private void await(Duration wait) {
        if (!wait.isZero() && !stopping && !isReplaced() && waking.compareAndSet(Waking.AWAKE, Waking.WAITING)) {
            LockSupport.parkNanos(this, wait.toNanos());
            Thread.interrupted(); // a stray interrupt left standing would end every later wait at once
            waking.compareAndSet(Waking.WAITING, Waking.AWAKE);
        }
    }

    private void tellOf(Throwable failure) {
        try {
            log.error("Loop {} failed, it goes on", name, failure);
        } catch (Throwable e) { // a logger without memory must not end the loop either
            return;
        }
    }
}
