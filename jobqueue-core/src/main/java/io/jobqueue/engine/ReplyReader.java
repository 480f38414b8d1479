package io.jobqueue.engine;

import io.jobqueue.JobId;
import io.jobqueue.JobQueueException;
import io.jobqueue.JobState;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobOutcome;
import io.jobqueue.store.StoredJob;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Reads awaited jobs from the store: those it was asked to, and now and then the others, in case the hint
 * that they have ended was lost. Steps belong to one loop; {@link #request} is thread-safe.
 */
final class ReplyReader implements Periodic {

    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration UNLOOKED = Duration.ofSeconds(3);
    private static final int MOST_A_STEP = 100;

    private final Waiters waiters;
    private final JobLedger ledger;
    private final LongSupplier nanos;
    private final Jitter jitter;
    private final StoreCalls calls = new StoreCalls();
    private final Set<JobId> requested = ConcurrentHashMap.newKeySet();
    private long sweepAt;

    ReplyReader(Waiters waiters, JobLedger ledger, LongSupplier nanos, Jitter jitter) {
        this.waiters = waiters;
        this.ledger = ledger;
        this.nanos = nanos;
        this.jitter = jitter;
        sweepAt = nanos.getAsLong() + jitter.around(INTERVAL).toNanos();
    }

    /** Asks for a job to be read with the next step; does nothing when nobody waits for it. */
    void request(JobId id) {
        if (!waiters.of(id).isEmpty()) {
            requested.add(id);
        }
    }

    /** Asks for all awaited jobs to be read with the next steps. */
    void requestAll() {
        waiters.all().forEach(same -> requested.add(same.get(0).id()));
    }

    @Override
    public Duration poll() {
        readRequested();
        if (!requested.isEmpty()) {
            return Duration.ZERO;
        }
        long now = nanos.getAsLong();
        if (sweepAt - now <= 0) {
            if (sweep(now)) {
                return Duration.ZERO;
            }
            sweepAt = now + jitter.around(INTERVAL).toNanos();
        }
        return Duration.ofNanos(sweepAt - now);
    }

    /** Gives up a call of the store alone: what was read by it must not end a wait beside the next thread. */
    @Override
    public boolean abandon() {
        return calls.abandon();
    }

    private void readRequested() {
        Iterator<JobId> ids = requested.iterator();
        StoreUnavailableException away = null;
        Set<String> unreachable = new HashSet<>();
        for (int i = 0; i < MOST_A_STEP && ids.hasNext(); i++) {
            JobId id = ids.next();
            try {
                if (!unreachable.contains(id.queue())) {
                    read(id);
                    ids.remove();
                }
            } catch (StoreUnavailableException e) { // other queues may lie on servers that answer
                unreachable.add(id.queue());
                away = e;
            }
        }
        if (away != null) {
            throw away; // the loop waits before it tries again
        }
    }

    /**
     * Looks at the jobs of one queue that nobody has looked at for a while: at their states in one call, and at those
     * that have ended one by one.
     *
     * @return whether more are left
     */
    private boolean sweep(long now) {
        Map<String, List<Waiter>> overdue = waiters.all().stream()
                .map(same -> same.get(0))
                .filter(waiter -> now - waiter.lookedAt() >= UNLOOKED.toNanos())
                .collect(Collectors.groupingBy(waiter -> waiter.id().queue()));
        if (overdue.isEmpty()) {
            return false;
        }
        Map.Entry<String, List<Waiter>> first = overdue.entrySet().iterator().next();
        List<Waiter> looked = first.getValue().stream().limit(MOST_A_STEP).toList();
        List<String> ids = looked.stream().map(waiter -> waiter.id().value()).toList();
        List<Optional<JobState>> states = calls.make(() -> ledger.states(first.getKey(), ids));
        for (int i = 0; i < looked.size(); i++) {
            looked.get(i).markLooked(now);
            if (states.get(i).map(JobState::isTerminal).orElse(true)) {
                read(looked.get(i).id());
            }
        }
        return overdue.size() > 1 || first.getValue().size() > MOST_A_STEP;
    }

    private void read(JobId id) {
        List<Waiter> waiting =
                waiters.of(id).stream().filter(Waiter::isEnqueued).toList();
        if (waiting.isEmpty()) {
            return;
        }
        Optional<StoredJob> found;
        try {
            found = calls.make(() -> ledger.find(id.queue(), id.value()));
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (JobQueueException e) { // it would be the same the next time, and hold up all others
            waiters.fail(id, e);
            return;
        }
        if (found.isEmpty()) {
            waiting.forEach(this::miss);
        } else if (found.get().state().isTerminal()) {
            StoredJob job = found.get();
            waiters.complete(id, new JobOutcome(job.state(), job.result(), job.error()));
        }
        waiting.forEach(waiter -> waiter.markLooked(nanos.getAsLong()));
    }

    /** A job kept for no time at all is gone before the hint that carries its result is here: look twice. */
    private void miss(Waiter waiter) {
        if (waiter.markMissed()) {
            waiter.outcome()
                    .completeExceptionally(new JobQueueException(
                            "job " + waiter.id() + " was removed before its result was read; keep it longer"));
        }
    }
}
