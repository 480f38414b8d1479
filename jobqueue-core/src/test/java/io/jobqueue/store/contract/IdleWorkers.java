package io.jobqueue.store.contract;

import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.JobStore;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Threads that each wait once for work of a queue. They end with their wait or with the store. */
final class IdleWorkers {

    private static final Duration WAIT = Duration.ofSeconds(20);

    /** How a wait ended. */
    enum End {
        WOKEN,
        IN_VAIN,
        CLOSED
    }

    private final BlockingQueue<End> ends = new LinkedBlockingQueue<>();

    private IdleWorkers() {}

    /** Returns when all threads have begun to wait, or are about to. */
    static IdleWorkers of(JobStore store, String queue, int count) throws InterruptedException {
        IdleWorkers workers = new IdleWorkers();
        CountDownLatch begun = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(
                    () -> {
                        begun.countDown();
                        workers.ends.add(await(store, queue));
                    },
                    "idle-worker-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        begun.await();
        return workers;
    }

    /** Returns how the next wait ends. */
    End nextEnd() throws InterruptedException {
        End end = ends.poll(10, TimeUnit.SECONDS);
        if (end == null) {
            throw new AssertionError("an idle worker still waits");
        }
        return end;
    }

    /** Returns whether everybody who has not ended goes on waiting, as far as a short look can tell. */
    boolean othersGoOnWaiting() throws InterruptedException {
        return ends.poll(200, TimeUnit.MILLISECONDS) == null;
    }

    private static End await(JobStore store, String queue) {
        try {
            return store.signals().awaitWork(queue, WAIT) ? End.WOKEN : End.IN_VAIN;
        } catch (StoreUnavailableException e) {
            return End.CLOSED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return End.IN_VAIN;
        }
    }
}
