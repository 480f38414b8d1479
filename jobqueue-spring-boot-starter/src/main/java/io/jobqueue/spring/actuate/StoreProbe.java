package io.jobqueue.spring.actuate;

import io.jobqueue.QueueOverview;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.StoreInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a store how it is, within a budget. While an answer is overdue no second question is sent, so a store that
 * hangs costs one thread however often somebody asks.
 */
final class StoreProbe {

    private final JobStore store;
    private @Nullable FutureTask<Answer> asked;

    StoreProbe(JobStore store) {
        this.store = store;
    }

    /**
     * What the store said.
     *
     * @param info who it is
     * @param queues those asked for
     */
    record Answer(StoreInfo info, List<QueueOverview> queues) {}

    /**
     * Returns the store's answer.
     *
     * @throws TimeoutException when it did not come in time
     * @throws ExecutionException when the store failed
     */
    Answer ask(Collection<String> queues, Duration budget)
            throws InterruptedException, ExecutionException, TimeoutException {
        FutureTask<Answer> task = question(List.copyOf(queues));
        try {
            return task.get(budget.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new TimeoutException("the store did not answer within " + budget);
        }
    }

    private synchronized FutureTask<Answer> question(List<String> queues) {
        if (asked != null && !asked.isDone()) {
            return asked;
        }
        FutureTask<Answer> task = new FutureTask<>(() -> answer(queues));
        asked = task;
        // Begun by the thread of a request, whose inheritable thread locals are none of ours; newer JDKs would then
        // give it
        // the system's class loader, which does not know the classes of a packaged application.
        Thread thread = new Thread(null, task, "jobqueue-health", 0, false);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private Answer answer(List<String> queues) {
        StoreInfo info = store.info();
        List<QueueOverview> overviews = new ArrayList<>();
        for (String queue : queues) {
            overviews.add(store.ledger().overview(queue));
        }
        return new Answer(info, overviews);
    }
}
