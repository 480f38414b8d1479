package io.jobqueue.engine;

import io.jobqueue.Attempt;
import io.jobqueue.Durations;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobId;
import io.jobqueue.JobPage;
import io.jobqueue.JobQuery;
import io.jobqueue.JobState;
import io.jobqueue.LiveWorker;
import io.jobqueue.LogLine;
import io.jobqueue.Names;
import io.jobqueue.QueueCounts;
import io.jobqueue.QueueOperations;
import io.jobqueue.QueueOverview;
import io.jobqueue.Removal;
import io.jobqueue.Values;
import io.jobqueue.store.JobChange;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobOperations;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.WorkerDirectory;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Operates on one queue of a store. */
final class StoreQueueOperations implements QueueOperations {

    private final String queue;
    private final JobLedger ledger;
    private final JobOperations operations;
    private final WorkerDirectory workers;
    private final JobWriter writer;
    private final JobReader reader;
    private final Replays replays;
    private final EngineListener listener;

    StoreQueueOperations(String queue, JobStore store, JobWriter writer, JobReader reader, EngineListener listener) {
        this.queue = queue;
        this.ledger = store.ledger();
        this.operations = store.operations();
        this.workers = store.workers();
        this.writer = writer;
        this.reader = reader;
        this.listener = listener;
        replays = new Replays(queue, ledger, operations);
    }

    @Override
    public QueueCounts counts() {
        return ledger.counts(queue);
    }

    @Override
    public JobPage list(JobState state, @Nullable String cursor, int limit) {
        Values.require("state", state, "give the state to list");
        requireLimit(limit);
        return page(ledger.list(queue, state, cursor, limit));
    }

    private JobPage page(io.jobqueue.store.JobPage page) {
        return new JobPage(
                page.jobs().stream()
                        .map(stored -> reader.read(JobId.of(queue, stored.id()), stored))
                        .toList(),
                page.next());
    }

    private static void requireLimit(int limit) {
        if (limit < 1 || limit > MOST) {
            throw new InvalidJobException("limit " + limit + ": must be 1 to " + MOST);
        }
    }

    @Override
    public JobPage search(JobQuery query, @Nullable String cursor, int limit) {
        Values.require("query", query, "give one of JobQuery.all()");
        requireLimit(limit);
        return page(ledger.search(queue, query, cursor, limit));
    }

    @Override
    public QueueOverview overview() {
        return ledger.overview(queue);
    }

    @Override
    public List<Optional<JobState>> states(List<String> jobIds) {
        if (jobIds.size() > MOST) {
            throw new InvalidJobException("job ids: are " + jobIds.size() + "; ask for at most " + MOST + " at once");
        }
        jobIds.forEach(StoreQueueOperations::checked);
        return ledger.states(queue, jobIds);
    }

    @Override
    public List<LogLine> log(String jobId) {
        return ledger.log(queue, checked(jobId));
    }

    @Override
    public List<Attempt> history(String jobId) {
        return ledger.history(queue, checked(jobId));
    }

    @Override
    public Removal remove(String jobId) {
        return operations.remove(queue, checked(jobId));
    }

    @Override
    public boolean replay(String jobId) {
        return operations.replay(queue, List.of(checked(jobId))).get(0);
    }

    @Override
    public long replay(Collection<String> jobIds) {
        return replays.replay(checked(jobIds));
    }

    @Override
    public long replayFailed() {
        return replays.replayAll(JobQuery.all().inState(JobState.FAILED));
    }

    @Override
    public long replayFailed(String type) {
        return replays.replayAll(JobQuery.all().inState(JobState.FAILED).ofType(type));
    }

    @Override
    public long replayAll(JobState state) {
        return replays.replayAll(JobQuery.all().inState(requireTerminal(state)));
    }

    @Override
    public long removeAll(Collection<String> jobIds) {
        return checked(jobIds).stream()
                .filter(id -> operations.remove(queue, id) == Removal.REMOVED)
                .count();
    }

    @Override
    public boolean promote(String jobId) {
        return operations.promote(queue, checked(jobId));
    }

    @Override
    public boolean changePriority(String jobId, int priority) {
        return operations.change(queue, checked(jobId), new JobChange(priority, null, null));
    }

    @Override
    public boolean changeDelay(String jobId, Duration delay) {
        return operations.change(
                queue, checked(jobId), new JobChange(null, Durations.requireZeroOrMore("delay", delay), null));
    }

    @Override
    public boolean changePayload(String jobId, Object payload) {
        if (payload == null) {
            throw new InvalidJobException("job '" + Names.shown(jobId) + "': payload is null; give one");
        }
        Optional<StoredJob> stored = ledger.find(queue, checked(jobId));
        if (stored.isEmpty()) {
            return false;
        }
        JobSpec spec = stored.get().spec();
        PayloadVersions.requireSame(jobId, spec.options().headers(), payload.getClass());
        return operations.change(queue, jobId, new JobChange(null, null, writer.payload(spec.type(), payload)));
    }

    @Override
    public boolean retain(String jobId, Duration retention) {
        return operations.retain(queue, checked(jobId), Durations.requireZeroOrMore("retention", retention));
    }

    @Override
    public void pause() {
        operations.pause(queue, null);
        listener.paused(queue, null);
    }

    @Override
    public void pause(String type) {
        operations.pause(queue, Names.require("type", type));
        listener.paused(queue, type);
    }

    @Override
    public void resume() {
        operations.resume(queue, null);
        listener.resumed(queue, null);
    }

    @Override
    public void resume(String type) {
        operations.resume(queue, Names.require("type", type));
        listener.resumed(queue, type);
    }

    @Override
    public boolean isPaused() {
        return operations.isPaused(queue);
    }

    @Override
    public Set<String> pausedTypes() {
        return operations.pausedTypes(queue);
    }

    @Override
    public List<LiveWorker> workers() {
        return workers.live(queue);
    }

    @Override
    public void pauseWorker(String worker) {
        workers.pause(queue, WorkerName.require(worker));
    }

    @Override
    public void resumeWorker(String worker) {
        workers.resume(queue, WorkerName.require(worker));
    }

    @Override
    public Set<String> pausedWorkers() {
        return workers.paused(queue);
    }

    @Override
    public long drain() {
        return untilNone(() -> operations.drain(queue, MOST));
    }

    @Override
    public long clean(JobState state, Duration olderThan) {
        requireTerminal(state);
        Durations.requireZeroOrMore("olderThan", olderThan);
        return untilNone(() -> operations.clean(queue, state, olderThan, MOST));
    }

    @Override
    public boolean obliterate() {
        return operations.obliterate(queue, false);
    }

    @Override
    public void clear() {
        operations.obliterate(queue, true);
    }

    private static long untilNone(IntSupplier step) {
        long all = 0;
        int some = step.getAsInt();
        while (some > 0) {
            all += some;
            some = step.getAsInt();
        }
        return all;
    }

    private static JobState requireTerminal(JobState state) {
        if (!Values.require("state", state, "give a terminal one").isTerminal()) {
            throw new InvalidJobException(
                    "state " + state + ": jobs in it have not ended; give COMPLETED, FAILED or CANCELLED");
        }
        return state;
    }

    private static List<String> checked(Collection<String> jobIds) {
        return Values.require("job ids", jobIds, "give a collection, empty for none").stream()
                .map(StoreQueueOperations::checked)
                .toList();
    }

    private static String checked(String jobId) {
        return Names.require("job id", jobId);
    }
}
