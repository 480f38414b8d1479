package io.jobqueue.store.contract.faulty;

import io.jobqueue.Durability;
import io.jobqueue.Enqueued.Status;
import io.jobqueue.store.DurableEnqueue;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.contract.DurableStoreContract;
import io.jobqueue.store.contract.HeldClock;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Stores that say to confirm more than they do; the first is right as far as one in memory can be. */
class FaultyDurable extends DurableStoreContract {

    /** Returns what the store answers for the batches of a call. */
    List<EnqueueAnswer> enqueue(JobStore right, String queue, List<List<NewJob>> batches) {
        return right.transitions().enqueueAll(queue, batches);
    }

    @Override
    protected final JobStore open(HeldClock clock) {
        MemoryStore right = new MemoryStore(clock);
        return FaultyStore.of(right, Optional.of(new DurableEnqueue() {

            @Override
            public void require(Durability durability) {}

            @Override
            public List<EnqueueAnswer> enqueue(
                    String queue, List<List<NewJob>> batches, Durability durability, Duration atMost) {
                return FaultyDurable.this.enqueue(right, queue, batches);
            }
        }));
    }

    @Override
    public final Durability confirmable() {
        return Durability.AOF;
    }

    /** Acknowledges a batch that it does not store. */
    static class ForgetsTheLastBatch extends FaultyDurable {

        @Override
        List<EnqueueAnswer> enqueue(JobStore right, String queue, List<List<NewJob>> batches) {
            List<EnqueueAnswer> answers = new ArrayList<>(super.enqueue(right, queue, batches));
            batches.get(batches.size() - 1).forEach(job -> right.transitions().cancel(queue, job.id(), Duration.ZERO));
            return answers;
        }
    }

    /** Answers a repeat like the first call. */
    static class TakesRepeatsForNew extends FaultyDurable {

        @Override
        List<EnqueueAnswer> enqueue(JobStore right, String queue, List<List<NewJob>> batches) {
            return super.enqueue(right, queue, batches).stream()
                    .map(answer -> new EnqueueAnswer(answer.id(), Status.QUEUED, answer.state(), null))
                    .toList();
        }
    }

    /** Stores the batches of a call in another order than it was given them. */
    static class StoresTheLastBatchFirst extends FaultyDurable {

        @Override
        List<EnqueueAnswer> enqueue(JobStore right, String queue, List<List<NewJob>> batches) {
            List<List<NewJob>> reversed = new ArrayList<>(batches);
            Collections.reverse(reversed);
            return super.enqueue(right, queue, reversed);
        }
    }
}
