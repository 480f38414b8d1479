package io.jobqueue.spring.actuate;

import io.jobqueue.JobQueueException;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.DurableEnqueue;
import io.jobqueue.store.JobEvents;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobNotes;
import io.jobqueue.store.JobOperations;
import io.jobqueue.store.JobSignals;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.LeaderLock;
import io.jobqueue.store.StoreInfo;
import io.jobqueue.store.WorkerDirectory;
import io.jobqueue.store.memory.MemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A memory store whose {@link #info()} can be made to fail or to hang until it is healed, and single queues of it to fail. */
public final class BrokenStore implements JobStore {

    private final MemoryStore store = new MemoryStore();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Runnable whenAsked = () -> {};
    private volatile boolean broken;
    private volatile boolean closed;
    private volatile @Nullable CountDownLatch hanging;
    private final Set<String> damaged = ConcurrentHashMap.newKeySet();

    /** Returns whether somebody has closed it. */
    public boolean isClosed() {
        return closed;
    }

    int asked() {
        return asked.get();
    }

    /** Lets {@code action} happen on the thread of every {@link #info()}. */
    void whenAsked(Runnable action) {
        whenAsked = action;
    }

    /** Lets every {@link #info()} fail. */
    public void breakDown() {
        broken = true;
    }

    /** Lets every look at a queue fail. */
    void damage(String queue) {
        damaged.add(queue);
    }

    void hang() {
        hanging = new CountDownLatch(1);
    }

    void heal() {
        broken = false;
        CountDownLatch held = hanging;
        hanging = null;
        if (held != null) {
            held.countDown();
        }
    }

    @Override
    public StoreInfo info() {
        asked.incrementAndGet();
        whenAsked.run();
        CountDownLatch held = hanging;
        if (held != null) {
            try {
                held.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        if (broken) {
            throw new StoreUnavailableException("out of order", StoreUnavailableException.Outcome.REFUSED, null);
        }
        return store.info();
    }

    @Override
    public JobTransitions transitions() {
        return store.transitions();
    }

    @Override
    public Optional<DurableEnqueue> durableEnqueue() {
        return store.durableEnqueue();
    }

    @Override
    public JobNotes notes() {
        return store.notes();
    }

    @Override
    public WorkerDirectory workers() {
        return store.workers();
    }

    @Override
    public JobLedger ledger() {
        return (JobLedger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {JobLedger.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("overview") && damaged.contains(arguments[0])) {
                        throw new JobQueueException("another program has written over " + arguments[0]);
                    }
                    try {
                        return method.invoke(store.ledger(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public JobOperations operations() {
        return store.operations();
    }

    @Override
    public JobEvents events() {
        return store.events();
    }

    @Override
    public LeaderLock leaderLock() {
        return store.leaderLock();
    }

    @Override
    public JobSignals signals() {
        return store.signals();
    }

    @Override
    public void close() {
        closed = true;
        heal();
        store.close();
    }
}
