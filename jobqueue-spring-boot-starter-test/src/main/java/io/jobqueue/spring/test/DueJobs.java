package io.jobqueue.spring.test;

import io.jobqueue.JobQueue;
import io.jobqueue.engine.DrainedJob;
import io.jobqueue.engine.EngineListener.Outcome;
import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.engine.JobDrain;
import io.jobqueue.engine.JobEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Runs jobs that are due on the calling thread. Thread-safe. */
final class DueJobs {

    private final JobEngine engine;
    private final JobQueue jobQueue;
    private final JobDrain drain;
    private final ThreadLocal<Boolean> running = ThreadLocal.withInitial(() -> false);

    DueJobs(JobEngine engine) {
        this.engine = engine;
        jobQueue = engine.jobQueue();
        drain = engine.drain();
    }

    /** Returns whether the calling thread is running jobs. */
    boolean areRunning() {
        return running.get();
    }

    /**
     * Runs what is due in all queues, and what that enqueues, until nothing is due.
     *
     * @param thrown which failures are thrown, after their jobs were settled
     */
    List<DrainedJob> run(Predicate<DrainedJob> thrown) {
        return running(ran -> {
            int before;
            do {
                before = ran.size();
                jobQueue.queues().stream().sorted().forEach(queue -> run(queue, thrown, ran));
            } while (ran.size() > before);
        });
    }

    /** Runs what is due in one queue. */
    List<DrainedJob> run(String queue, Predicate<DrainedJob> thrown) {
        return running(ran -> run(queue, thrown, ran));
    }

    /** Returns whether an attempt has failed. */
    static boolean hasFailed(DrainedJob job) {
        return willBeRetried(job) || job.outcome() == Outcome.FAILED;
    }

    /** Returns whether an attempt has failed and another follows. */
    static boolean willBeRetried(DrainedJob job) {
        return job.outcome() == Outcome.RETRIED;
    }

    private List<DrainedJob> running(Consumer<List<DrainedJob>> runs) {
        List<DrainedJob> ran = new ArrayList<>();
        boolean outer = running.get();
        running.set(true);
        try {
            runs.accept(ran);
        } finally {
            running.set(outer);
        }
        return List.copyOf(ran);
    }

    private void run(String queue, Predicate<DrainedJob> thrown, List<DrainedJob> ran) {
        for (Optional<DrainedJob> next = drain.runNext(queue); next.isPresent(); next = drain.runNext(queue)) {
            DrainedJob job = next.get();
            ran.add(job);
            if (thrown.test(job) && job.failure() != null) {
                throw DueJobs.<RuntimeException>unchecked(job.failure());
            }
            requireHandler(job);
            if (ran.size() >= JobQueueTester.MOST_RUNS) {
                throw new IllegalStateException(ran.size() + " jobs ran and there is no end, the last was " + job.id()
                        + " of type '" + job.type()
                        + "'; does a handler enqueue itself? Give such a job a delay, or drain less at a time");
            }
        }
    }

    private void requireHandler(DrainedJob job) {
        if (engine.handlers().stream().map(HandlerDefinition::type).noneMatch(job.type()::equals)) {
            throw new IllegalStateException("job " + job.id() + ": there is no handler for type '" + job.type()
                    + "' in this test; import the bean that has it");
        }
    }

    /** Checked exceptions reach the test as they are, like in a call of the handler. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <T extends Throwable> T unchecked(Throwable failure) throws T {
        throw (T) failure;
    }
}
