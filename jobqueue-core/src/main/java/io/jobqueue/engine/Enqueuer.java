package io.jobqueue.engine;

import io.jobqueue.JobQueueException;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.NewJob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Stores prepared jobs, one by one with other callers or many at once. Thread-safe. */
final class Enqueuer {

    private final JobTransitions transitions;
    private final EngineListener listener;
    private final Map<String, EnqueueGate> gates = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Enqueuer(JobTransitions transitions, EngineListener listener) {
        this.transitions = transitions;
        this.listener = listener;
    }

    /** Takes no more jobs. */
    void close() {
        closed = true;
    }

    EnqueueAnswer enqueue(PreparedJob prepared) {
        requireOpen();
        EnqueueGate gate = gates.computeIfAbsent(prepared.queue(), queue -> new EnqueueGate(queue, transitions));
        try {
            return gate.enqueue(prepared.job());
        } catch (StoreUnavailableException e) {
            listener.storeFailed(prepared.queue());
            throw e;
        }
    }

    /** Returns one answer a job, in order. */
    List<EnqueueAnswer> enqueueAll(List<PreparedJob> prepared) {
        requireOpen();
        Map<String, List<Integer>> byQueue = new LinkedHashMap<>();
        for (int i = 0; i < prepared.size(); i++) {
            byQueue.computeIfAbsent(prepared.get(i).queue(), queue -> new ArrayList<>())
                    .add(i);
        }
        EnqueueAnswer[] answers = new EnqueueAnswer[prepared.size()];
        byQueue.forEach((queue, indexes) -> enqueueAll(queue, indexes, prepared, answers));
        return Arrays.asList(answers);
    }

    private void enqueueAll(String queue, List<Integer> indexes, List<PreparedJob> prepared, EnqueueAnswer[] answers) {
        int from = 0;
        while (from < indexes.size()) {
            EnqueueBatch batch = new EnqueueBatch();
            int to = from;
            while (to < indexes.size() && !batch.isFull()) {
                batch.add(prepared.get(indexes.get(to)).job());
                to++;
            }
            List<EnqueueAnswer> some = enqueue(queue, batch.jobs());
            for (int i = from; i < to; i++) {
                answers[indexes.get(i)] = some.get(i - from);
            }
            from = to;
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new JobQueueException(
                    "the engine is closed; nothing was stored, enqueue by the job queue of an engine that is open");
        }
    }

    private List<EnqueueAnswer> enqueue(String queue, List<NewJob> jobs) {
        try {
            return transitions.enqueue(queue, jobs);
        } catch (StoreUnavailableException e) {
            listener.storeFailed(queue);
            throw e;
        }
    }
}
