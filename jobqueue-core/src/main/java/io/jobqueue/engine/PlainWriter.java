package io.jobqueue.engine;

import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.NewJob;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stores jobs at the durability of the store: a call a batch. Jobs whose callers wait go to the worker of this process
 * with the same call, when it can take them.
 */
record PlainWriter(String queue, JobTransitions transitions, OwnWorkers workers) implements QueueWriter {

    @Override
    public int mostBatches() {
        return 1;
    }

    @Override
    public List<EnqueueAnswer> write(List<List<NewJob>> batches) {
        return batches.size() == 1 ? write(batches.get(0), workers.of(queue)) : transitions.enqueueAll(queue, batches);
    }

    private List<EnqueueAnswer> write(List<NewJob> jobs, @Nullable Worker own) {
        List<EnqueueAnswer> answers =
                own != null && areAwaited(jobs) ? own.handOvers().enqueue(jobs) : null;
        return answers != null ? answers : transitions.enqueue(queue, jobs);
    }

    private static boolean areAwaited(List<NewJob> jobs) {
        return jobs.stream().allMatch(job -> job.replyTo() != null && job.isPlain());
    }
}
