package io.jobqueue.store.memory;

import io.jobqueue.Attempt;
import io.jobqueue.JobQuery;
import io.jobqueue.JobState;
import io.jobqueue.LogLine;
import io.jobqueue.QueueCounts;
import io.jobqueue.QueueOverview;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobPage;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.memory.DedupKeys.HeldKey;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the jobs in memory. */
final class MemoryLedger implements JobLedger {

    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");

    private final MemoryQueues queues;

    MemoryLedger(MemoryQueues queues) {
        this.queues = queues;
    }

    @Override
    public Optional<StoredJob> find(String queue, String jobId) {
        return queues.find(queue).flatMap(found -> found.find(jobId));
    }

    @Override
    public List<Optional<JobState>> states(String queue, List<String> jobIds) {
        return queues.find(queue)
                .map(found -> found.locked(now -> states(found, jobIds, now)))
                .orElseGet(() -> Collections.nCopies(jobIds.size(), Optional.empty()));
    }

    @Override
    public JobPage list(String queue, JobState state, @Nullable String cursor, int limit) {
        long skipped = position(cursor, "this list");
        return queues.find(queue)
                .map(found -> found.locked(now -> page(found, state, skipped, limit, now)))
                .orElseGet(() -> new JobPage(List.of(), null));
    }

    @Override
    public JobPage search(String queue, JobQuery query, @Nullable String cursor, int limit) {
        long skipped = position(cursor, "this search");
        return queues.find(queue)
                .map(found -> found.locked(now -> new Search(found, query, now).page(skipped, limit)))
                .orElseGet(() -> new JobPage(List.of(), null));
    }

    @Override
    public QueueOverview overview(String queue) {
        return queues.find(queue)
                .map(MemoryQueue::overview)
                .orElseGet(() -> new QueueOverview(counts(queue), false, Set.of(), null, null));
    }

    @Override
    public List<LogLine> log(String queue, String jobId) {
        return read(queue, jobId, Notebook::log);
    }

    @Override
    public List<Attempt> history(String queue, String jobId) {
        return read(queue, jobId, Notebook::attempts);
    }

    @Override
    public QueueCounts counts(String queue) {
        return queues.find(queue).map(MemoryQueue::counts).orElseGet(() -> new QueueCounts(queue, 0, 0, 0, 0, 0, 0));
    }

    @Override
    public List<Optional<String>> holders(String queue, List<String> dedupKeys) {
        return queues.find(queue)
                .map(found -> found.locked(now -> holders(found, dedupKeys, now)))
                .orElseGet(() -> Collections.nCopies(dedupKeys.size(), Optional.empty()));
    }

    @Override
    public boolean isEmpty(String queue) {
        return queues.find(queue)
                .map(found -> found.locked(
                        now -> found.jobs().isEmpty() && found.keys().isEmpty()))
                .orElse(true);
    }

    @Override
    public Set<String> queues() {
        return queues.namesUsed();
    }

    private static List<Optional<JobState>> states(MemoryQueue queue, List<String> jobIds, long now) {
        return jobIds.stream()
                .map(id -> Optional.ofNullable(queue.jobs().getKept(id, now)).map(job -> job.state))
                .toList();
    }

    private static List<Optional<String>> holders(MemoryQueue queue, List<String> dedupKeys, long now) {
        return dedupKeys.stream()
                .map(key -> Optional.ofNullable(queue.keys().held(key, queue.jobs(), now))
                        .map(HeldKey::holder))
                .toList();
    }

    private <T> List<T> read(String queue, String jobId, Function<Notebook, List<T>> part) {
        return queues.find(queue)
                .map(found -> found.locked(now -> {
                    MemoryJob job = found.jobs().getKept(jobId, now);
                    return job == null ? List.<T>of() : part.apply(job.notes);
                }))
                .orElseGet(List::of);
    }

    private static JobPage page(MemoryQueue queue, JobState state, long skipped, int limit, long now) {
        Stream<MemoryJob> jobs = state == JobState.ACTIVE
                ? queue.sessions().jobs()
                : queue.jobs().in(state);
        List<StoredJob> read = jobs.filter(job -> !job.isPastRetention(now))
                .skip(skipped)
                .limit(limit + 1L)
                .map(MemoryJob::read)
                .toList();
        return read.size() <= limit
                ? new JobPage(read, null)
                : new JobPage(read.subList(0, limit), Long.toString(skipped + limit));
    }

    private static long position(@Nullable String cursor, String pages) {
        if (cursor != null && !POSITION.matcher(cursor).matches()) {
            throw JobPage.noCursor(cursor, pages);
        }
        return cursor == null ? 0 : Long.parseLong(cursor);
    }
}
