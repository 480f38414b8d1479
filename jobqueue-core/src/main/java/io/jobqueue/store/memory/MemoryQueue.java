package io.jobqueue.store.memory;

import io.jobqueue.JobEvent.Kind;
import io.jobqueue.JobState;
import io.jobqueue.QueueCounts;
import io.jobqueue.QueueOverview;
import io.jobqueue.store.Ended;
import io.jobqueue.store.JobOutcome;
import io.jobqueue.store.StoredJob;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** One queue: its jobs, dedup keys, sessions and leader behind one lock. Whatever it hands out is used under that lock. */
final class MemoryQueue {

    private static final JobOutcome CANCELLED = new JobOutcome(JobState.CANCELLED, null, null);

    private final String name;
    private final InstantSource clock;
    private final Subscribers subscribers;
    private final ReentrantLock lock = new ReentrantLock();
    private final WakeUp wakeUp = new WakeUp();
    private final Lead lead;
    private JobTable jobs = new JobTable();
    private DedupKeys keys = new DedupKeys();
    private SessionTable sessions = new SessionTable();
    private final EventLog events;
    private final EventHints eventHints = new EventHints();
    private long fence;
    private long lastActivity;
    private volatile boolean used;

    MemoryQueue(String name, InstantSource clock, Subscribers subscribers) {
        this.name = name;
        this.clock = clock;
        this.subscribers = subscribers;
        lead = new Lead(name);
        events = new EventLog(name);
    }

    String name() {
        return name;
    }

    JobTable jobs() {
        return jobs;
    }

    DedupKeys keys() {
        return keys;
    }

    SessionTable sessions() {
        return sessions;
    }

    EventLog events() {
        return events;
    }

    /** Returns who hears that there are events, which has a lock of its own. */
    EventHints eventHints() {
        return eventHints;
    }

    Lead lead() {
        return lead;
    }

    /** Returns the wake-up, which has a lock of its own. */
    WakeUp wakeUp() {
        return wakeUp;
    }

    Subscribers subscribers() {
        return subscribers;
    }

    /** Returns whether the queue ever held a job, since it was obliterated if it was. */
    boolean isUsed() {
        return used;
    }

    void markUsed() {
        used = true;
    }

    /**
     * Takes one atomic step at one time, and offers a wake when there is work now that was not there before. Nobody is
     * woken for a paused queue.
     */
    <T> T locked(LongFunction<T> step) {
        long happened;
        T answer;
        lock.lock();
        try {
            long before = events.newest();
            boolean claimable = jobs.waiting().anyClaimable();
            long due = jobs.nextDue();
            long now = clock.millis();
            events.enter(now);
            answer = step.apply(now);
            happened = events.newest() - before;
            boolean moreToClaim = !claimable && jobs.waiting().anyClaimable();
            if (moreToClaim || (jobs.nextDue() < due && !jobs.waiting().isPaused())) {
                wakeUp.offer();
            }
        } finally {
            lock.unlock();
        }
        if (happened > 0) {
            eventHints.giveAll();
        }
        return answer;
    }

    Optional<StoredJob> find(String jobId) {
        return locked(now -> Optional.ofNullable(jobs.getKept(jobId, now)).map(MemoryJob::read));
    }

    QueueCounts counts() {
        return locked(now -> jobs.counts(name));
    }

    QueueOverview overview() {
        return locked(now -> new QueueOverview(
                jobs.counts(name),
                jobs.waiting().isPaused(),
                jobs.waiting().pausedTypes(),
                lastActivity == 0 ? null : Instant.ofEpochMilli(lastActivity),
                jobs.waiting()
                        .heads()
                        .map(job -> job.waitingSince)
                        .min(Comparator.naturalOrder())
                        .map(Instant::ofEpochMilli)
                        .orElse(null)));
    }

    /** Notes that a job was enqueued, claimed or settled. */
    void noteActivity(long now) {
        lastActivity = now;
    }

    void forget(String jobId, String address) {
        lock.lock();
        try {
            MemoryJob job = jobs.get(jobId);
            if (job != null) {
                job.replies.forget(address);
            }
        } finally {
            lock.unlock();
        }
    }

    long nextFence(long now) {
        fence = Math.max(fence + 1, now * 1000);
        return fence;
    }

    @Nullable
    Duration untilNextDue(long now) {
        long due = jobs.nextDue();
        return due == Long.MAX_VALUE ? null : Duration.ofMillis(Math.max(0, due - now));
    }

    /**
     * Erases everything but the fence, which must not go back while old claims are about, and the leader; nothing when
     * a job is active, unless forced.
     */
    boolean obliterate(boolean force) {
        lock.lock();
        try {
            if (!force && sessions.jobs().findAny().isPresent()) {
                return false;
            }
            jobs = new JobTable();
            keys = new DedupKeys();
            sessions = new SessionTable();
            lastActivity = 0;
            used = false;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void cancel(MemoryJob job, Duration retention, long now) {
        end(job, CANCELLED, retention, now);
    }

    /** Ends a job and tells those who wait for it. */
    void end(MemoryJob job, JobOutcome outcome, Duration retention, long now) {
        job.cancelRequested = null;
        job.result = outcome.result();
        job.error = outcome.error();
        keys.free(job);
        jobs.end(job, outcome.state(), now, now + retention.toMillis());
        events.failed(kind(outcome.state()), job, outcome.error());
        if (job.isPastRetention(now)) {
            jobs.remove(job);
        }
        tell(job, outcome);
    }

    /** Takes a job out that nobody runs, and tells those who wait for it that it was cancelled. */
    void erase(MemoryJob job) {
        keys.free(job);
        jobs.remove(job);
        events.happened(Kind.REMOVED, job);
        tell(job, CANCELLED);
    }

    /** Lets due jobs wait. Returns how many. */
    int promote(long now, int limit) {
        List<MemoryJob> promoted = jobs.promote(now, limit);
        promoted.forEach(job -> events.happened(Kind.PROMOTED, job));
        return promoted.size();
    }

    private static Kind kind(JobState end) {
        return switch (end) {
            case COMPLETED -> Kind.COMPLETED;
            case FAILED -> Kind.FAILED;
            default -> Kind.CANCELLED;
        };
    }

    private void tell(MemoryJob job, JobOutcome outcome) {
        for (String address : job.replies.take()) {
            subscribers.tellEnded(address, new Ended(name, job.id, outcome));
        }
    }
}
