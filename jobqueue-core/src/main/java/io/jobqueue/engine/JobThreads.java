package io.jobqueue.engine;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for tasks that come in bursts and may be very short. A burst wakes one thread, which wakes the
 * next as long as tasks are left: when the tasks are short, few threads do them all and hardly any wake is
 * paid; when they block, all threads are soon at work.
 *
 * <p>Threads are daemons, begin when they are needed and end when they are not for a while. Thread-safe.
 */
final class JobThreads implements Executor {

    private static final Logger log = LoggerFactory.getLogger(JobThreads.class);

    private static final long KEEP_IDLE = Duration.ofSeconds(30).toNanos();

    private final String name;
    private final int most;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean calling = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition called = lock.newCondition();
    private final AtomicInteger threads = new AtomicInteger();
    private final AtomicInteger idle = new AtomicInteger();
    private final AtomicInteger spinning = new AtomicInteger();
    private final BriefSpin spin = BriefSpin.ofThisProcess();
    private volatile boolean closed;
    private int begun;

    /** Begins at most {@code most} threads, named {@code name} and a number. */
    JobThreads(String name, int most) {
        this.name = name;
        this.most = most;
    }

    @Override
    public void execute(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException(name + ": no more tasks are taken");
        }
        tasks.add(task);
        callThread();
    }

    /** Takes no more tasks; those taken are done, then the threads end. Returns at once. */
    void close() {
        lock.lock();
        try {
            closed = true;
            called.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Brings one more thread to the tasks, unless one is on its way or about to look: that one calls the next. */
    private void callThread() {
        if (spinning.get() > 0 || (idle.get() == 0 && threads.get() == most) || !calling.compareAndSet(false, true)) {
            return;
        }
        lock.lock();
        try {
            if (idle.get() > 0) {
                called.signal();
            } else if (threads.get() < most) {
                begin();
            } else {
                calling.set(false);
            }
        } finally {
            lock.unlock();
        }
    }

    private void begin() {
        Thread thread = FreshThread.of(this::work);
        thread.setName(name + "-" + (begun + 1));
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError e) { // no more threads: those there are do the tasks
            calling.set(false);
            if (threads.get() == 0) {
                throw e;
            }
            return;
        }
        begun++;
        threads.incrementAndGet();
    }

    private void work() {
        calling.set(false);
        do {
            doTasks();
        } while (awaitTaskBriefly() || awaitTask());
    }

    private boolean awaitTaskBriefly() {
        spinning.incrementAndGet();
        boolean found = spin.await(() -> !tasks.isEmpty() || closed);
        spinning.decrementAndGet(); // before the next look for tasks: whoever adds one sees this, or we see the task
        return found && !tasks.isEmpty();
    }

    private void doTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            if (!tasks.isEmpty()) {
                callThread();
            }
            run(task);
        }
    }

    /** Waits for a task; false when the thread is to end. */
    private boolean awaitTask() {
        lock.lock();
        try {
            idle.incrementAndGet(); // before looking for tasks: whoever adds one sees this, or we see the task
            long left = KEEP_IDLE;
            while (tasks.isEmpty() && !closed && left > 0) {
                left = awaitCall(left);
                calling.set(false);
            }
            idle.decrementAndGet();
            return !tasks.isEmpty() || !mayEnd();
        } finally {
            lock.unlock();
        }
    }

    private boolean mayEnd() {
        threads.decrementAndGet(); // before the last look for tasks, for the same reason
        if (tasks.isEmpty()) {
            return true;
        }
        threads.incrementAndGet();
        return false;
    }

    @SuppressWarnings("WaitNotInLoop") // it is, in the only caller
    private long awaitCall(long atMost) {
        try {
            return called.awaitNanos(atMost);
        } catch (InterruptedException e) {
            return atMost; // meant for a task that has ended
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // a thread outlives its tasks
            log.error("{} failed, the thread goes on", Thread.currentThread().getName(), e);
        }
    }
}
