package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.Attempt;
import io.jobqueue.JobId;
import io.jobqueue.JobQuery;
import io.jobqueue.JobState;
import io.jobqueue.LogLine;
import io.jobqueue.QueueCounts;
import io.jobqueue.QueueOverview;
import io.jobqueue.UnreadableJobException;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobPage;
import io.jobqueue.store.Partition;
import io.jobqueue.store.StoredJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads jobs: one script a question, each sees one moment. */
final class RedisLedger implements JobLedger {

    private static final int MILLIS = 6;

    private final ScriptRunner application;
    private final RedisScripts scripts;
    private final RedisKeys keys;
    private final QueueRegistry registry;
    private final UnreadableLog unreadable;

    RedisLedger(
            ScriptRunner application,
            RedisScripts scripts,
            RedisKeys keys,
            QueueRegistry registry,
            UnreadableLog unreadable) {
        this.application = application;
        this.scripts = scripts;
        this.keys = keys;
        this.registry = registry;
        this.unreadable = unreadable;
    }

    @Override
    public Optional<StoredJob> find(String queue, String jobId) {
        Object answer = application.run(scripts.find, queue, new ScriptArguments(2).text(jobId));
        if (!(answer instanceof List<?> parts)) {
            return Optional.empty();
        }
        LedgerFormat read = LedgerFormat.read(jobId, parts);
        if (read.defect() != null) {
            throw new UnreadableJobException(JobId.of(Partition.queueOf(queue), jobId), read.defect());
        }
        return Optional.of(read.job());
    }

    @Override
    public List<Optional<JobState>> states(String queue, List<String> jobIds) {
        if (jobIds.isEmpty()) {
            return List.of();
        }
        ScriptArguments arguments = new ScriptArguments(jobIds.size() + 2).number(jobIds.size());
        jobIds.forEach(arguments::text);
        byte[] letters = (byte[]) application.run(scripts.states, queue, arguments);
        List<Optional<JobState>> states = new ArrayList<>(letters.length);
        for (byte letter : letters) {
            states.add(Optional.ofNullable(StateFormat.read(letter)));
        }
        return states;
    }

    @Override
    public JobPage list(String queue, JobState state, @Nullable String cursor, int limit) {
        List<Object> parts = application.list(
                scripts.list,
                queue,
                new ScriptArguments(4)
                        .text(StateFormat.write(state))
                        .text(PageCursors.ofList(state, cursor))
                        .number(limit));
        return page(queue, parts);
    }

    @Override
    public JobPage search(String queue, JobQuery query, @Nullable String cursor, int limit) {
        ScriptArguments arguments = new ScriptArguments(2 * query.attributes().size() + 8)
                .text(query.state() == null ? "" : StateFormat.write(query.state()))
                .text(query.type() == null ? "" : query.type())
                .text(query.idPrefix())
                .text(query.idPart())
                .number(limit)
                .text(PageCursors.ofSearch(query, cursor))
                .number(query.attributes().size());
        query.attributes().forEach((name, value) -> AttributesFormat.write(name, value, arguments));
        return page(queue, application.list(scripts.search, queue, arguments));
    }

    private JobPage page(String queue, List<Object> parts) {
        List<StoredJob> jobs = new ArrayList<>();
        for (int i = 1; i < parts.size(); i += LedgerFormat.PARTS + 1) {
            String jobId = RedisTransitions.text(parts.get(i));
            LedgerFormat read = LedgerFormat.read(jobId, parts.subList(i + 1, i + 1 + LedgerFormat.PARTS));
            if (read.defect() == null) {
                jobs.add(read.job());
            } else {
                unreadable.leftOut(queue, jobId, read.defect());
            }
        }
        String next = RedisTransitions.text(parts.get(0));
        return new JobPage(jobs, next.isEmpty() ? null : next);
    }

    @Override
    public QueueOverview overview(String queue) {
        List<Object> parts = application.list(scripts.overview, queue, new ScriptArguments(1));
        return new QueueOverview(
                counts(queue),
                (Long) parts.get(2) == 1,
                parts.subList(3, parts.size()).stream()
                        .map(RedisTransitions::text)
                        .collect(Collectors.toUnmodifiableSet()),
                instant((byte[]) parts.get(1)),
                instant((byte[]) parts.get(0)));
    }

    private static @Nullable Instant instant(byte[] millis) {
        return millis.length == 0 ? null : Instant.ofEpochMilli(RedisTransitions.number(millis));
    }

    @Override
    public List<LogLine> log(String queue, String jobId) {
        return application.list(scripts.lines, queue, new ScriptArguments(2).text(jobId)).stream()
                .filter(line -> line instanceof byte[] stored && stored.length >= MILLIS)
                .map(RedisLedger::line)
                .toList();
    }

    @Override
    public List<Attempt> history(String queue, String jobId) {
        List<Object> parts = application.list(scripts.history, queue, new ScriptArguments(2).text(jobId));
        return parts.isEmpty() ? List.of() : AttemptFormat.read((byte[]) parts.get(0), (byte[]) parts.get(1));
    }

    private static LogLine line(Object stored) {
        BinaryReader reader = new BinaryReader((byte[]) stored);
        return new LogLine(Instant.ofEpochMilli(reader.number(MILLIS)), new String(reader.rest(), UTF_8));
    }

    @Override
    public QueueCounts counts(String queue) {
        List<Object> counts = application.list(scripts.counts, queue, new ScriptArguments(1));
        return new QueueCounts(
                queue,
                (Long) counts.get(0),
                (Long) counts.get(1),
                (Long) counts.get(2),
                (Long) counts.get(3),
                (Long) counts.get(4),
                (Long) counts.get(5));
    }

    @Override
    public List<Optional<String>> holders(String queue, List<String> dedupKeys) {
        if (dedupKeys.isEmpty()) {
            return List.of();
        }
        ScriptArguments arguments = new ScriptArguments(dedupKeys.size() + 2).number(dedupKeys.size());
        dedupKeys.forEach(key -> arguments.bytes(NewJobFormat.hashed(key)));
        return application.list(scripts.holders, queue, arguments).stream()
                .map(RedisTransitions::text)
                .map(holder -> holder.isEmpty() ? Optional.<String>empty() : Optional.of(holder))
                .toList();
    }

    @Override
    public boolean isEmpty(String queue) {
        byte[][] holding = keys.holding(queue);
        return application.onQueue(queue, () -> application.call(redis -> redis.exists(holding))) == 0;
    }

    @Override
    public Set<String> queues() {
        return registry.names();
    }
}
