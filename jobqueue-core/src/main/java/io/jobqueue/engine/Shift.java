package io.jobqueue.engine;

import io.jobqueue.JobQueueException;
import io.jobqueue.store.Partition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an engine does between a start and a stop: the stations of all queues, and the loops they share. */
final class Shift {

    private static final Logger log = LoggerFactory.getLogger(Shift.class);

    /** How long a handler may take to end after it was interrupted, and the store to be told of the rest. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(2);

    private final EngineOptions options;
    private final Intake intake;
    private final List<QueueWork> works = new ArrayList<>();
    private final List<Worker> workers = new CopyOnWriteArrayList<>();
    private final List<WorkerLease> workerLeases = new CopyOnWriteArrayList<>();
    private final Map<String, Worker> byPartition = new ConcurrentHashMap<>();
    private final ReentrantLock opening = new ReentrantLock();
    private volatile boolean ending;
    private final Loop leases;
    private final Loop deadlines;
    private final Loop maintenance;
    private final Loop watchdog;
    private final List<LoopGuard> commonGuards;
    private final List<LoopGuard> guards = new CopyOnWriteArrayList<>();
    private final CancelSubscription cancels;
    private final @Nullable JobThreads threads;

    Shift(EngineOptions options, Intake intake, Collection<HandlerDefinition> handlers) {
        this.options = options;
        this.intake = intake;
        LoopContext context = options.context();
        leases = new Loop("jobqueue-leases", true, context);
        deadlines = new Loop("jobqueue-deadlines", true, context);
        maintenance = new Loop("jobqueue-maintenance", true, context);
        watchdog = new Loop("jobqueue-watchdog", true, context);
        List<String> queues = handlers.stream()
                .map(HandlerDefinition::queue)
                .distinct()
                .sorted()
                .toList();
        threads = options.executor() == null ? new JobThreads("jobqueue-job", slots(queues)) : null;
        Timeouts timeouts = new Timeouts(workers, options.interruptGrace(), context.nanos(), deadlines::wake);
        queues.forEach(queue -> open(queue, handlers, timeouts));
        deadlines.add("timeouts", null, timeouts);
        deadlines.add("lease ends", null, new LeaseEnds(workerLeases, context.nanos()));
        cancels = new CancelSubscription(options.store().signals(), byPartition, this::renewNow);
        maintenance.add("cancels", null, cancels);
        maintenance.add(
                "partitions",
                null,
                new PartitionSearch(works, options.store()::partitions, this::openLater, context.jitter()));
        commonGuards = List.of(
                new LoopGuard(leases, "leases", leasePatience(), context),
                new LoopGuard(deadlines, "deadlines", options.stuckAfter(), context),
                new LoopGuard(maintenance, "maintenance", options.stuckAfter(), context));
        guards.addAll(commonGuards);
        watchdog.add("watchdog", null, new Watchdog(guards, options.stuckAfter()));
    }

    void start() {
        if (works.isEmpty()) {
            return;
        }
        stations().forEach(Station::start);
        leases.start();
        deadlines.start();
        maintenance.start();
        watchdog.start();
    }

    /** Ends {@code current} on the calling thread; beside it when that runs one of its jobs, which would wait for itself. */
    static void apart(@Nullable Shift current, Runnable end) {
        if (current != null && current.isCallingBack()) {
            new Thread(end, "jobqueue-stop").start();
        } else {
            end.run();
        }
    }

    /** Returns whether the calling thread runs a job of ours, so that waiting for all jobs would wait for itself. */
    boolean isCallingBack() {
        return workers.stream().map(Worker::runs).anyMatch(HeldRuns::isCallingBack);
    }

    /** Lets every worker look for jobs that it could not claim before. */
    void lookAgain() {
        workers.forEach(Worker::lookAgain);
    }

    List<WorkerStatus> status() {
        List<String> common = commonGuards.stream()
                .map(LoopGuard::trouble)
                .filter(Objects::nonNull)
                .toList();
        return works.stream()
                .map(work -> work.status(common, intake.isClosed(work.queue()), ending))
                .toList();
    }

    /** Returns whether its end has begun. */
    boolean isEnding() {
        return ending;
    }

    private Duration leasePatience() {
        return stations().stream()
                .map(Station::leasePatience)
                .min(Comparator.naturalOrder())
                .orElse(options.stuckAfter());
    }

    /** Ends the work: waits for what runs, interrupts what is left, gives back what has not ended. */
    void stop(Duration atMost) {
        if (works.isEmpty()) {
            return;
        }
        Patience patience = new Patience(options.context().nanos());
        watchdog.stop();
        openNoMore();
        stations().forEach(Station::drain);
        if (!patience.await(atMost, this::isIdle)) {
            workers.forEach(worker -> worker.runs().interruptAll());
            patience.await(LAST_WAIT, this::isIdle);
            workers.forEach(worker -> worker.runs().releaseAll());
        }
        if (!patience.await(LAST_WAIT, this::isSettled)) {
            log.warn("Stopped before the store was told of every outcome; those jobs run again when their leases end");
        }
        endLoops(patience);
        patience.end();
    }

    private void open(String queue, Collection<HandlerDefinition> handlers, Timeouts timeouts) {
        JobRunner runner = JobRunner.of(
                queue, handlers, options, new FailureLog(options.context().nanos()), timeouts::begun);
        Slots slots = new Slots(slots(queue));
        QueueWork work = new QueueWork(
                queue,
                slots,
                (partition, shared) -> new Station(partition, shared, intake, runner, executor(), options));
        works.add(work);
        options.store().currentPartitions(queue).forEach(partition -> open(work, partition));
    }

    private Station open(QueueWork work, Partition partition) {
        Station station = work.open(partition);
        station.keepLeaseBy(leases);
        station.maintainBy(maintenance);
        guards.addAll(station.guards());
        workers.add(station.worker());
        workerLeases.add(station.worker().lease());
        byPartition.put(partition.name(), station.worker());
        return station;
    }

    /** Opens a station while the others are at work. */
    private void openLater(QueueWork work, Partition partition) {
        opening.lock();
        try {
            if (!ending) {
                log.info("Queue '{}': jobs are held in partition {}, it is worked on as well", work.queue(), partition);
                open(work, partition).start();
                leases.wake();
                maintenance.wake();
            }
        } finally {
            opening.unlock();
        }
    }

    private void openNoMore() {
        opening.lock();
        try {
            ending = true;
        } finally {
            opening.unlock();
        }
    }

    private void renewNow() {
        leases.wake();
        stations().forEach(Station::renewNow);
    }

    private List<Station> stations() {
        return works.stream().flatMap(work -> work.stations().stream()).toList();
    }

    private Executor executor() {
        return threads != null ? threads : Objects.requireNonNull(options.executor());
    }

    private int slots(List<String> queues) {
        return queues.stream().mapToInt(this::slots).sum();
    }

    private int slots(String queue) {
        return Objects.requireNonNull(options.settings().of(queue).concurrency());
    }

    private boolean isIdle() {
        return works.stream().allMatch(work -> work.slots().busy() == 0)
                && workers.stream().map(Worker::runs).allMatch(HeldRuns::isIdle);
    }

    private boolean isSettled() {
        return workers.stream().allMatch(Worker::holdsNothing);
    }

    private void endLoops(Patience patience) {
        leases.stop();
        deadlines.stop();
        maintenance.stop();
        stations().forEach(Station::stop);
        patience.await(LAST_WAIT, () -> stations().stream().allMatch(Station::hasEnded) && !maintenance.isAlive());
        closeStations();
        if (threads != null) {
            threads.close();
        }
    }

    /** Tells the store as much as it hears: what fails for one queue is still said for the others. */
    private void closeStations() {
        close(cancels::close);
        stations().forEach(station -> close(station::close));
    }

    private static void close(Runnable end) {
        try {
            end.run();
        } catch (JobQueueException e) {
            log.debug("The store was not told that the engine has stopped; it finds out when the leases end", e);
        }
    }
}
