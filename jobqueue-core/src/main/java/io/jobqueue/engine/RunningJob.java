package io.jobqueue.engine;

import io.jobqueue.Attributes;
import io.jobqueue.Durations;
import io.jobqueue.JobContext;
import io.jobqueue.JobId;
import io.jobqueue.LeaseLostException;
import io.jobqueue.Progress;
import io.jobqueue.Values;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.Partition;
import io.jobqueue.store.Settlement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One claim from the exchange that brought it to the exchange that settles it, and what its handler sees
 * of it. Thread-safe.
 *
 * <p>How it ends is decided once: by the end of its handler, its timeout, the loss of its lease or the
 * stop of the engine, whichever comes first. What comes later changes nothing.
 */
final class RunningJob implements JobContext {

    static final long NEVER = Long.MAX_VALUE;

    private final Claim claim;
    private final Lease lease;
    private final Duration waited;
    private final Outcomes outcomes;
    private final RunNotes notes;
    private final LongSupplier nanos;
    private final HandlerThread handlerThread = new HandlerThread();
    private final AtomicReference<@Nullable Halted> halted = new AtomicReference<>();
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private volatile long startedAt;
    private volatile boolean begun;
    private volatile @Nullable Duration timeout;
    private volatile @Nullable Duration keptFor;
    private volatile @Nullable Throwable failure;

    RunningJob(Claim claim, Lease lease, Duration waited, Outcomes outcomes, RunNotes notes, LongSupplier nanos) {
        this.claim = claim;
        this.lease = lease;
        this.waited = waited;
        this.outcomes = outcomes;
        this.notes = notes;
        this.nanos = nanos;
        startedAt = nanos.getAsLong();
    }

    Claim claim() {
        return claim;
    }

    @Override
    public String queue() {
        return Partition.queueOf(lease.session().queue());
    }

    ClaimToken token() {
        return claim.token();
    }

    Lease lease() {
        return lease;
    }

    /** Returns how long the job waited to be claimed. */
    Duration waited() {
        return waited;
    }

    /** Returns why the run was first told to stop; null when it was not. */
    @Nullable
    Halt halted() {
        Halted told = halted.get();
        return told == null ? null : told.why();
    }

    /**
     * Begins the run on the calling thread.
     *
     * @param limit how long it may take; null for as long as it does
     * @return false when it was told to stop before; then it has not begun
     */
    boolean enter(@Nullable Duration limit) {
        handlerThread.enter();
        if (halted.get() != null) {
            handlerThread.leave();
            return false;
        }
        startedAt = nanos.getAsLong();
        timeout = limit;
        begun = true;
        return true;
    }

    /** Returns whether its run has begun, and perhaps ended. */
    boolean hasBegun() {
        return begun;
    }

    /** Ends the run on the thread that began it; from now on nothing interrupts that thread. */
    void leave() {
        timeout = null;
        handlerThread.leave();
    }

    /** Returns the nanoseconds from {@code now} to the timeout, {@link #NEVER} when it has none or does not run. */
    long untilTimeout(long now) {
        Duration limit = timeout;
        return limit == null ? NEVER : startedAt + limit.toNanos() - now;
    }

    /**
     * Returns the nanoseconds from {@code now} until a run that was told to stop by its timeout or a cancel is no longer
     * waited for, {@link #NEVER} when it was not told so or its end is decided.
     *
     * @param grace how long it is waited for
     */
    long untilGivenUp(Duration grace, long now) {
        Halted told = halted.get();
        if (told == null || ending.get() != null) {
            return NEVER;
        }
        boolean awaited = told.why() == Halt.TIMEOUT || told.why() == Halt.CANCEL_REQUESTED;
        return awaited ? told.at() + grace.toNanos() - now : NEVER;
    }

    /** Returns whether it was claimed {@code patience} ago; only for a job that has not begun. */
    boolean hasWaited(Duration patience) {
        return nanos.getAsLong() - startedAt >= patience.toNanos();
    }

    /** Notes why its attempt failed; null when it did not. */
    void failed(@Nullable Throwable failure) {
        this.failure = failure;
    }

    /** Returns why its attempt failed; null when it did not, or has not ended. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Tells the run to stop: raises the flag the handler can ask for and interrupts its thread. */
    void halt(Halt why) {
        halted.compareAndSet(null, new Halted(why, nanos.getAsLong()));
        handlerThread.interrupt();
    }

    /** Returns whether it is decided how the claim ends. */
    boolean isConcluded() {
        return ending.get() != null;
    }

    /** Decides that the claim ends by {@code settlement}; false when it was decided before. */
    boolean conclude(Settlement settlement) {
        Ending decided = decide(settlement);
        if (decided != null) {
            outcomes.add(decided);
        }
        return decided != null;
    }

    /**
     * Decides that the claim ends by {@code settlement}; false when it was decided before.
     *
     * @param tell sees to it that the store is told, instead of the worker's loop
     */
    boolean conclude(Settlement settlement, Runnable tell) {
        Ending decided = decide(settlement);
        if (decided != null) {
            outcomes.add(decided, tell);
        }
        return decided != null;
    }

    /** Decides that the claim is no longer ours, and tells the run to stop. */
    void lose() {
        Ending decided = decide(null);
        if (decided != null) {
            outcomes.add(decided);
        }
        halt(Halt.LEASE_LOST);
    }

    private @Nullable Ending decide(@Nullable Settlement settlement) {
        Ending decided = new Ending(this, settlement, Duration.ofNanos(nanos.getAsLong() - startedAt));
        return ending.compareAndSet(null, decided) ? decided : null;
    }

    @Override
    public JobId id() {
        return JobId.of(queue(), token().jobId());
    }

    @Override
    public String type() {
        return claim.spec().type();
    }

    @Override
    public int attempt() {
        return claim.attempt();
    }

    @Override
    public long fence() {
        return token().fence();
    }

    @Override
    public Map<String, String> headers() {
        return claim.spec().options().headers();
    }

    @Override
    public void progress(int percent, String note) {
        Progress progress = new Progress(percent, note);
        note(!lease.isLost() && notes.progress(lease.session(), token(), progress));
    }

    @Override
    public void attributes(Map<String, ? extends @Nullable Object> changes) {
        Map<String, @Nullable Object> flat = Attributes.require(changes);
        note(!lease.isLost() && notes.attributes(lease.session(), token(), flat));
    }

    @Override
    public void log(String text) {
        List<String> lines = LogText.lines(Values.require("log text", text, "give a text"));
        note(!lease.isLost() && notes.log(lease.session(), token(), lines));
    }

    /** Stops the run when a note was refused, for then the claim is no longer ours. */
    private void note(boolean stored) {
        if (!stored) {
            lose();
            throw new LeaseLostException(id());
        }
    }

    @Override
    public void keepFor(Duration retention) {
        keptFor = Durations.requireZeroOrMore("retention", retention);
    }

    /** Returns how long the handler wants the job to be kept; null when it has not said. */
    @Nullable
    Duration keptFor() {
        return keptFor;
    }

    @Override
    public boolean isCancelled() {
        return halted.get() != null;
    }

    /**
     * That the run was told to stop.
     *
     * @param at when, in nanoseconds of the engine's clock
     */
    private record Halted(Halt why, long at) {}
}
