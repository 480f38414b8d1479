package io.jobqueue.engine;

import io.jobqueue.JobId;
import io.jobqueue.JobQueueException;
import io.jobqueue.JobState;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.JobOutcome;
import io.jobqueue.store.JobSignals;
import io.jobqueue.store.JobSignals.Subscription;
import io.jobqueue.store.JobStore;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where this process is told that awaited jobs have ended: an address of its own, and a loop that reads
 * what it was not told. Opened by the first who waits. Thread-safe.
 */
final class ReplyLine implements AutoCloseable {

    private static final int MOST_THREADS = 64;

    private final JobSignals signals;
    private final String address;
    private final Waiters waiters;
    private final ReplyReader reader;
    private final Loop loop;
    private final LineWatch watch;
    private final LoopContext context;
    private final JobThreads threads = new JobThreads("jobqueue-reply", MOST_THREADS);
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Subscription subscription;
    private volatile boolean closed;

    ReplyLine(JobStore store, OwnReplies own, LineWatch watch, LoopContext context) {
        address = own.address();
        waiters = own.waiters();
        this.watch = watch;
        this.context = context;
        signals = store.signals();
        reader = new ReplyReader(waiters, store.ledger(), context.nanos(), context.jitter());
        loop = new Loop("jobqueue-replies", true, context);
        loop.add("replies", null, reader);
        own.readBy(id -> {
            reader.request(id);
            loop.wake();
        });
    }

    /** Begins to listen, at the first call; refused once the line is closed. */
    void open() {
        requireOpen();
        if (subscription == null) {
            lock.lock();
            try {
                subscribe();
            } finally {
                lock.unlock();
            }
        }
    }

    String address() {
        return address;
    }

    /**
     * Returns what ends futures: threads of our own, so that what hangs on them never blocks the store. Once the
     * line is closed it is the calling thread, so that no future is left open.
     */
    Executor threads() {
        return task -> {
            try {
                threads.execute(task);
            } catch (RejectedExecutionException e) {
                task.run();
            }
        };
    }

    /**
     * Begins to wait for a job; before it is enqueued, so that its end cannot be missed. Refused once the line is
     * closed.
     */
    Waiter join(JobId id) {
        Waiter waiter = new Waiter(id, context.nanos().getAsLong());
        waiters.add(waiter);
        if (closed) { // looked at after the add: either we see it, or the close sees the waiter
            waiters.removeLast(waiter);
            requireOpen();
        }
        return waiter;
    }

    /** Notes that the job of a waiter was enqueued with our address, and what the store answered. */
    void enqueued(Waiter waiter, EnqueueAnswer answer) {
        waiter.markEnqueued();
        JobState state = answer.state();
        if (state == JobState.COMPLETED) {
            waiters.removeLast(waiter); // the store has not noted our address, so it need not forget it
            waiter.outcome().complete(new JobOutcome(JobState.COMPLETED, answer.result(), null));
        } else if (state == null || state.isTerminal()) {
            reader.request(waiter.id());
            loop.wake();
        }
    }

    /**
     * Begins to wait for the job that holds the dedup key of another, which the store has told of our address. It may
     * have ended before we listened, so it is looked up as well.
     */
    Waiter joined(JobId holder, EnqueueAnswer answer) {
        Waiter waiter = join(holder);
        enqueued(waiter, answer);
        if (answer.state() != JobState.COMPLETED) {
            reader.request(holder);
            loop.wake();
        }
        return waiter;
    }

    /** Ends a wait for a job that was never enqueued with our address. */
    void drop(Waiter waiter) {
        waiters.removeLast(waiter);
    }

    /** Ends a wait; the store need not tell us any more when nobody else waits for the job. */
    void leave(Waiter waiter) {
        if (waiters.removeLast(waiter)) {
            try {
                signals.forget(waiter.id().queue(), waiter.id().value(), address);
            } catch (StoreUnavailableException e) {
                return; // then we are told for nothing
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            Subscription open = subscription;
            if (open != null) {
                open.close();
                loop.stop();
            }
        } finally {
            lock.unlock();
        }
        waiters.all()
                .forEach(same -> same.forEach(waiter -> waiter.outcome()
                        .completeExceptionally(new JobQueueException(
                                "job " + waiter.id() + ": the engine was closed while it was awaited"))));
        threads.close();
    }

    private void requireOpen() {
        if (closed) {
            throw new JobQueueException("the engine is closed, nobody can wait for a job with it; nothing was stored,"
                    + " enqueue by an engine that is open");
        }
    }

    private void subscribe() {
        requireOpen();
        if (subscription == null) {
            subscription = signals.subscribe(address, Set.of(), new ReplyListener(waiters, reader, loop::wake));
            loop.start();
            watch.watch(loop, "replies");
        }
    }
}
