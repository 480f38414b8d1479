package io.jobqueue.engine;

import io.jobqueue.store.JobStore;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.Partition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Everything that works on one partition of a queue: the worker with its loops, and the candidate for its maintenance. */
final class Station {

    private final Partition partition;
    private final EngineOptions options;
    private final JobTransitions transitions;
    private final QueueSettings settings;
    private final JobRules rules;
    private final Duration lease;
    private final Leadership leadership;
    private final Loop workerLoop;
    private final Loop secondLoop;
    private final Loop watchLoop;
    private final @Nullable Loop leaseLoop;
    private final Worker worker;
    private final List<LoopGuard> guards = new ArrayList<>();
    private final List<Duty> duties = new CopyOnWriteArrayList<>();

    /**
     * @param slots how many jobs of the queue run at once, in all of its partitions
     * @param intake what this process may claim now
     * @param executor runs the handlers
     * @param runner runs the jobs of the queue
     */
    Station(
            Partition partition,
            Slots slots,
            Intake intake,
            JobRunner runner,
            Executor executor,
            EngineOptions options) {
        this.partition = partition;
        this.options = options;
        String queue = partition.queue();
        JobStore store = options.store();
        transitions = store.transitions();
        settings = options.settings().of(queue);
        rules = JobRules.of(settings.jobs());
        LoopContext context = options.context();
        lease = Objects.requireNonNull(settings.lease());
        leadership = new Leadership(partition.name(), lease, store.leaderLock(), context.nanos());
        String name = partition.toString();
        workerLoop = new Loop("jobqueue-worker-" + name, false, context);
        secondLoop = new Loop("jobqueue-second-" + name, true, context);
        watchLoop = new Loop("jobqueue-watch-" + name, true, context);
        leaseLoop = partition.of() == 1 ? null : new Loop("jobqueue-leases-" + name, true, context);
        worker = new Worker(
                new WorkerSetup(
                        partition,
                        options.workerName(),
                        slots,
                        lease,
                        options.claimWait(),
                        rules.cancelledRetention(),
                        Objects.requireNonNull(settings.types()),
                        intake,
                        options.replies(),
                        options.executor() == null,
                        options.stuckAfter()),
                transitions,
                new RunNotes(store.notes()),
                runner,
                executor,
                leadership::leads,
                new WorkerWakes(workerLoop::wake, secondLoop::startOrWake, watchLoop::wake),
                context);
        WorkWatch watch = new WorkWatch(worker, store.signals(), options.claimWait(), context.jitter());
        duties.add(new Duty(workerLoop.add(part("worker"), queue, worker), "fails to settle and to claim"));
        secondLoop.add(part("second line"), queue, worker.sides().second());
        duties.add(new Duty(watchLoop.add(part("watch"), queue, watch), "fails to hear of new jobs"));
        Duration patience = options.stuckAfter();
        guards.add(new LoopGuard(workerLoop, "worker", patience, context));
        guards.add(new LoopGuard(secondLoop, "worker", patience, context));
        guards.add(new LoopGuard(
                watchLoop, "watch", patience.plus(options.claimWait().multipliedBy(2)), context));
        if (leaseLoop != null) {
            guards.add(new LoopGuard(leaseLoop, "leases", leasePatience(), context));
        }
    }

    Partition partition() {
        return partition;
    }

    Worker worker() {
        return worker;
    }

    /**
     * Lets the lease of the worker be renewed: by {@code common}, or by a loop of its own when there are other partitions,
     * which may lie on servers that answer while this one's does not.
     */
    void keepLeaseBy(Loop common) {
        LeaseKeeper keeper =
                new LeaseKeeper(worker.lease(), transitions, options.context().nanos());
        Loop loop = leaseLoop == null ? common : leaseLoop;
        duties.add(new Duty(loop.add(part("lease"), worker.queue(), keeper), "fails to renew the lease"));
    }

    /** Returns how long a renewal may take, so that another is in time when it gets no answer. */
    Duration leasePatience() {
        Duration third = lease.dividedBy(3);
        return third.compareTo(options.stuckAfter()) < 0 ? third : options.stuckAfter();
    }

    /** Returns who watches the loops it has to itself. */
    List<LoopGuard> guards() {
        return List.copyOf(guards);
    }

    /** Lets the queue be maintained by {@code loop}, while this process leads. */
    void maintainBy(Loop loop) {
        LoopContext context = options.context();
        loop.add(part("leadership"), worker.queue(), leadership);
        addDuty(loop, "promoter", new Promoter(transitions)::promote);
        addDuty(
                loop,
                "reaper",
                new Reaper(transitions, options.store().ledger(), settings, context.listener(), context.jitter())
                        ::reap);
        addDuty(loop, "janitor", new Janitor(transitions, settings.limits().dividedBy(partition.of()))::purge);
        addDuty(loop, "auditor", new Auditor(transitions::audit, rules, lease, context.jitter())::audit);
    }

    void start() {
        options.workers().begin(worker);
        workerLoop.start();
        watchLoop.start();
        if (leaseLoop != null) {
            leaseLoop.start();
        }
    }

    /** Claims nothing more; what runs goes on. */
    void drain() {
        worker.drain();
        if (worker.sides().atHint().isStepping()) {
            watchLoop.stop(); // a step ends by itself, and an interrupt would be for a handler that runs in it
        } else {
            watchLoop.stopNow();
        }
    }

    /** Lets the loops end, that of the worker after it has told the store what is left. */
    void stop() {
        options.workers().end(worker);
        secondLoop.stop();
        workerLoop.stop();
        if (leaseLoop != null) {
            leaseLoop.stop();
        }
    }

    /** Renews the lease now, when it is not done by a loop in common. */
    void renewNow() {
        if (leaseLoop != null) {
            leaseLoop.wake();
        }
    }

    boolean hasEnded() {
        return !workerLoop.isAlive() && !secondLoop.isAlive();
    }

    /** Gives back the lead; only after the end. */
    void close() {
        leadership.release();
    }

    /** Returns what keeps it from picking up a waiting job, or from holding it as long as it runs. */
    List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        guards.stream().map(LoopGuard::trouble).filter(Objects::nonNull).forEach(troubles::add);
        for (Duty duty : duties) {
            if (duty.part().isFailing(options.stuckAfter())) {
                troubles.add(duty.part() + " " + duty.failure());
            }
        }
        return troubles;
    }

    /** Returns the name of a part of a loop, for messages that name the queue as well. */
    private String part(String what) {
        return partition.of() == 1 ? what : "partition " + partition.number() + "/" + partition.of() + ", " + what;
    }

    private void addDuty(Loop loop, String name, LeaderDuty.Step step) {
        loop.add(part(name), worker.queue(), new LeaderDuty(leadership, step));
    }

    /**
     * What a worker must be able to do.
     *
     * @param failure how it is said that it cannot
     */
    private record Duty(LoopPart part, String failure) {}
}
