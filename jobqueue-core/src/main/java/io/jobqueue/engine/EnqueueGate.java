package io.jobqueue.engine;

import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.NewJob;
import java.util.List;

/** Stores the jobs of many callers of one queue with few calls; see {@link CallGate}. Thread-safe. */
final class EnqueueGate {

    private final CallGate<NewJob, EnqueueAnswer> gate;

    EnqueueGate(QueueWriter writer) {
        gate = new CallGate<>(() -> new Jobs(writer, new EnqueueBatches()));
    }

    /** Stores one job; throws what the call of the store that carried it threw. */
    EnqueueAnswer enqueue(NewJob job) {
        return gate.ask(job);
    }

    /** Returns how many callers wait for the next call. */
    int gathered() {
        return gate.gathered();
    }

    private record Jobs(QueueWriter writer, EnqueueBatches batches) implements CallGate.Load<NewJob, EnqueueAnswer> {

        @Override
        public boolean isFull() {
            return batches.areFull(writer.mostBatches());
        }

        @Override
        public void add(NewJob job) {
            batches.add(job);
        }

        @Override
        public List<EnqueueAnswer> send() {
            return writer.write(batches.jobs());
        }
    }
}
