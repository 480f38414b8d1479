package io.jobqueue.engine;

import io.jobqueue.EnqueueUnknownException;
import io.jobqueue.JobId;
import io.jobqueue.JobQueueException;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.EnqueueAnswer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Stores prepared jobs, one by one with other callers or many at once. Thread-safe. */
final class Enqueuer {

    private final QueueWriters writers;
    private final EngineListener listener;
    private final Map<String, EnqueueGate> gates = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Enqueuer(QueueWriters writers, EngineListener listener) {
        this.writers = writers;
        this.listener = listener;
    }

    /** Takes no more jobs. */
    void close() {
        closed = true;
    }

    EnqueueAnswer enqueue(PreparedJob prepared) {
        requireOpen();
        EnqueueGate gate = gates.computeIfAbsent(prepared.queue(), queue -> new EnqueueGate(writers.of(queue)));
        try {
            return gate.enqueue(prepared.job());
        } catch (StoreUnavailableException e) {
            listener.storeFailed(prepared.queue());
            throw e.outcome() == Outcome.UNKNOWN ? unknown(List.of(prepared), e) : e;
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
        boolean nothingStored = true;
        for (Map.Entry<String, List<Integer>> some : byQueue.entrySet()) {
            try {
                enqueueAll(some.getKey(), some.getValue(), prepared, answers);
            } catch (StoreUnavailableException e) {
                listener.storeFailed(some.getKey());
                throw nothingStored && e.outcome() == Outcome.REFUSED ? e : unknown(prepared, e);
            }
            nothingStored = false;
        }
        return Arrays.asList(answers);
    }

    private void enqueueAll(String queue, List<Integer> indexes, List<PreparedJob> prepared, EnqueueAnswer[] answers) {
        EnqueueBatches batches = new EnqueueBatches();
        indexes.forEach(index -> batches.add(prepared.get(index).job()));
        List<EnqueueAnswer> some = writers.of(queue).write(batches.jobs());
        for (int i = 0; i < some.size(); i++) {
            answers[indexes.get(i)] = some.get(i);
        }
    }

    /** Generated ids too are in the answer, or nobody could repeat the call safely. */
    private static EnqueueUnknownException unknown(List<PreparedJob> prepared, StoreUnavailableException e) {
        List<JobId> ids = prepared.stream()
                .map(one -> JobId.of(one.queue(), one.job().id()))
                .toList();
        return new EnqueueUnknownException(ids, String.valueOf(e.getMessage()), e);
    }

    private void requireOpen() {
        if (closed) {
            throw new JobQueueException(
                    "the engine is closed; nothing was stored, enqueue by the job queue of an engine that is open");
        }
    }
}
