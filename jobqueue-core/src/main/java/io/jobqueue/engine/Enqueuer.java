package io.jobqueue.engine;

import io.jobqueue.EnqueueUnknownException;
import io.jobqueue.JobId;
import io.jobqueue.JobQueueException;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.partition.PartitionedStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Stores prepared jobs, one by one with other callers or many at once. Thread-safe. */
final class Enqueuer {

    private final Routes routes;
    private final QueueWriters writers;
    private final BulkWriter bulk;
    private final EngineListener listener;
    private final JobSteps steps;
    private final Observer observer;
    private final Map<String, EnqueueGate> gates = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Enqueuer(
            PartitionedStore store, QueueWriters writers, IdGenerator ids, EngineListener listener, Observer observer) {
        routes = new Routes(store, ids);
        this.writers = writers;
        bulk = new BulkWriter(writers);
        this.listener = listener;
        steps = new JobSteps(listener);
        this.observer = observer;
    }

    /** Takes no more jobs. */
    void close() {
        closed = true;
        bulk.close();
    }

    EnqueueAnswer enqueue(PreparedJob prepared) {
        requireOpen();
        EnqueueAnswer answer = observer.enqueue(List.of(prepared), observed -> store(observed.get(0)));
        steps.enqueued(prepared, answer);
        return answer;
    }

    /** Returns one answer a job, in order. */
    List<EnqueueAnswer> enqueueAll(List<PreparedJob> prepared) {
        requireOpen();
        List<EnqueueAnswer> answers = observer.enqueue(prepared, this::storeAll);
        for (int i = 0; i < answers.size(); i++) {
            steps.enqueued(prepared.get(i), answers.get(i));
        }
        return answers;
    }

    private EnqueueAnswer store(PreparedJob prepared) {
        PreparedJob routed = prepared;
        try {
            String partition = routes.of(prepared);
            routed = routes.fitted(prepared, partition);
            EnqueueGate gate = gates.computeIfAbsent(partition, name -> new EnqueueGate(writers.of(name)));
            return routed.understood(gate.enqueue(routed.job()));
        } catch (StoreUnavailableException e) {
            listener.storeFailed(prepared.queue());
            throw e.outcome() == Outcome.UNKNOWN ? unknown(List.of(routed), e) : e;
        }
    }

    private List<EnqueueAnswer> storeAll(List<PreparedJob> prepared) {
        List<PreparedJob> routed = new ArrayList<>(prepared);
        Map<String, Map<String, List<Integer>>> queues = new LinkedHashMap<>();
        byQueue(prepared).forEach((queue, indexes) -> queues.put(queue, route(queue, indexes, routed)));
        EnqueueAnswer[] answers = new EnqueueAnswer[routed.size()];
        boolean nothingStored = true;
        for (Map.Entry<String, Map<String, List<Integer>>> queue : queues.entrySet()) {
            try {
                bulk.write(queue.getValue(), routed, answers);
            } catch (StoreUnavailableException e) {
                listener.storeFailed(queue.getKey());
                throw nothingStored && e.outcome() == Outcome.REFUSED ? e : unknown(routed, e);
            } catch (RuntimeException e) {
                throw nothingStored ? e : unknown(routed, e);
            }
            nothingStored = false;
        }
        return Arrays.asList(answers);
    }

    /** Brings jobs of one queue to their partitions; returns the indexes of each, in order. */
    private Map<String, List<Integer>> route(String queue, List<Integer> indexes, List<PreparedJob> routed) {
        List<String> destinations =
                destinations(queue, indexes.stream().map(routed::get).toList());
        Map<String, List<Integer>> byPartition = new LinkedHashMap<>();
        for (int i = 0; i < indexes.size(); i++) {
            int index = indexes.get(i);
            String partition = destinations.get(i);
            routed.set(index, routes.fitted(routed.get(index), partition));
            byPartition.computeIfAbsent(partition, any -> new ArrayList<>()).add(index);
        }
        return byPartition;
    }

    private List<String> destinations(String queue, List<PreparedJob> prepared) {
        try {
            return routes.of(queue, prepared);
        } catch (StoreUnavailableException e) {
            listener.storeFailed(queue);
            throw e;
        }
    }

    private static Map<String, List<Integer>> byQueue(List<PreparedJob> prepared) {
        Map<String, List<Integer>> grouped = new LinkedHashMap<>();
        for (int i = 0; i < prepared.size(); i++) {
            grouped.computeIfAbsent(prepared.get(i).queue(), any -> new ArrayList<>())
                    .add(i);
        }
        return grouped;
    }

    /** Generated ids too are in the answer, or nobody could repeat the call safely. */
    private static EnqueueUnknownException unknown(List<PreparedJob> prepared, RuntimeException e) {
        List<JobId> ids = prepared.stream().map(PreparedJob::id).toList();
        return new EnqueueUnknownException(ids, String.valueOf(e.getMessage()), e);
    }

    /** Refuses an enqueue by an engine that was closed. */
    void requireOpen() {
        if (closed) {
            throw new JobQueueException(
                    "the engine is closed; nothing was stored, enqueue by the job queue of an engine that is open");
        }
    }
}
