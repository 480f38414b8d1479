package io.jobqueue.engine;

import io.jobqueue.store.JobStore;
import io.jobqueue.store.JobTransitions;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;

/** Everything that works on one queue: the worker with its loops, and the candidate for its maintenance. */
final class Station {

    private static final int MISSED_WAITS = 3;
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final EngineOptions options;
    private final JobTransitions transitions;
    private final QueueSettings settings;
    private final JobRules rules;
    private final Duration lease;
    private final Leadership leadership;
    private final Loop workerLoop;
    private final Loop watchLoop;
    private final Worker worker;

    /**
     * @param executor runs the handlers
     * @param runner runs the jobs of the queue
     */
    Station(String queue, JobRunner runner, Executor executor, EngineOptions options) {
        this.options = options;
        JobStore store = options.store();
        transitions = store.transitions();
        settings = options.settings().of(queue);
        rules = JobRules.of(settings.jobs());
        LoopContext context = options.context();
        lease = Objects.requireNonNull(settings.lease());
        leadership = new Leadership(queue, lease, store.leaderLock(), context.nanos());
        workerLoop = new Loop("jobqueue-worker-" + queue, false, context);
        watchLoop = new Loop("jobqueue-watch-" + queue, true, context);
        worker = new Worker(
                new WorkerSetup(
                        queue,
                        options.workerName(),
                        Objects.requireNonNull(settings.concurrency()),
                        lease,
                        options.claimWait(),
                        rules.cancelledRetention(),
                        Objects.requireNonNull(settings.types())),
                transitions,
                new RunNotes(store.notes()),
                runner,
                executor,
                leadership::leads,
                new WorkerWakes(workerLoop::wake, watchLoop::wake),
                context);
        workerLoop.add("worker", queue, worker);
        watchLoop.add("watch", queue, new WorkWatch(worker, store.signals(), options.claimWait(), context.jitter()));
    }

    Worker worker() {
        return worker;
    }

    /** Lets the lease of the worker be renewed by {@code loop}. */
    void keepLeaseBy(Loop loop) {
        loop.add(
                "lease",
                worker.queue(),
                new LeaseKeeper(worker.lease(), transitions, options.context().nanos()));
    }

    /** Lets the queue be maintained by {@code loop}, while this process leads. */
    void maintainBy(Loop loop) {
        LoopContext context = options.context();
        loop.add("leadership", worker.queue(), leadership);
        addDuty(loop, "promoter", new Promoter(transitions)::promote);
        addDuty(loop, "reaper", new Reaper(transitions, settings, context.listener(), context.jitter())::reap);
        addDuty(loop, "janitor", new Janitor(transitions, settings.limits())::purge);
        addDuty(loop, "auditor", new Auditor(transitions::audit, rules, lease, context.jitter())::audit);
    }

    void start() {
        workerLoop.start();
        watchLoop.start();
    }

    /** Claims nothing more; what runs goes on. */
    void drain() {
        worker.drain();
        watchLoop.stopNow();
    }

    /** Lets the loops end. */
    void stop() {
        workerLoop.stop();
    }

    boolean hasEnded() {
        return !workerLoop.isAlive();
    }

    /** Gives back what the store still holds for the worker, and the lead; only after the end. */
    void close() {
        try {
            if (hasEnded()) {
                worker.giveAllBack();
            }
        } finally {
            leadership.release();
        }
    }

    WorkerStatus status() {
        Duration recently = options.claimWait().multipliedBy(MISSED_WAITS).plus(GRACE);
        return new WorkerStatus(
                worker.queue(),
                worker.slots().total(),
                worker.slots().busy(),
                worker.stuck(),
                workerLoop.isTurning(recently),
                worker.sinceAnswer());
    }

    private void addDuty(Loop loop, String name, LeaderDuty.Step step) {
        loop.add(name, worker.queue(), new LeaderDuty(leadership, step));
    }
}
