package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.JobState;
import io.jobqueue.LogLine;
import io.jobqueue.QueueCounts;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobPage;
import io.jobqueue.store.StoredJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads jobs: one script a question, each sees one moment. */
final class RedisLedger implements JobLedger {

    private static final int PARTS_OF_JOB = 8;

    private final ScriptRunner application;
    private final RedisScripts scripts;
    private final QueueRegistry registry;

    RedisLedger(ScriptRunner application, RedisScripts scripts, QueueRegistry registry) {
        this.application = application;
        this.scripts = scripts;
        this.registry = registry;
    }

    @Override
    public Optional<StoredJob> find(String queue, String jobId) {
        Object answer = application.run(scripts.find, queue, new ScriptArguments(2).text(jobId));
        return answer instanceof List<?> parts ? Optional.of(read(jobId, parts)) : Optional.empty();
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
                        .text(cursor == null ? "" : cursor)
                        .number(limit));
        List<StoredJob> jobs = new ArrayList<>();
        for (int i = 1; i < parts.size(); i += PARTS_OF_JOB + 1) {
            jobs.add(read(RedisTransitions.text(parts.get(i)), parts.subList(i + 1, i + 1 + PARTS_OF_JOB)));
        }
        String next = RedisTransitions.text(parts.get(0));
        return new JobPage(jobs, next.isEmpty() ? null : next);
    }

    private static StoredJob read(String jobId, List<?> parts) {
        byte[] state = (byte[]) parts.get(0);
        StandingFormat job = StandingFormat.read((byte[]) parts.get(1), (byte[]) parts.get(2));
        byte[] outcome = (byte[]) parts.get(3);
        byte[] due = (byte[]) parts.get(4);
        byte[] progress = (byte[]) parts.get(5);
        byte[] error = (byte[]) parts.get(6);
        Map<String, Object> attributes = AttributesFormat.read((byte[]) parts.get(7));
        OutcomeFormat end = outcome.length == 0 ? null : OutcomeFormat.read(outcome);
        if (end != null) {
            return new StoredJob(
                    jobId,
                    job.spec(),
                    end.outcome().state(),
                    end.attempts(),
                    end.crashes(),
                    job.createdAt(),
                    null,
                    end.finishedAt(),
                    progress.length == 0 ? null : ProgressFormat.read(progress),
                    attributes,
                    end.outcome().result(),
                    end.outcome().error());
        }
        JobState unended = Objects.requireNonNull(StateFormat.read(state[0]));
        return new StoredJob(
                jobId,
                job.spec(),
                unended,
                job.failures() + (unended == JobState.ACTIVE ? 1 : 0),
                job.crashes(),
                job.createdAt(),
                due.length == 0 ? null : Instant.ofEpochMilli(RedisTransitions.number(due)),
                null,
                progress.length == 0 ? null : ProgressFormat.read(progress),
                attributes,
                null,
                error.length == 0 ? null : ErrorFormat.read(new BinaryReader(error)));
    }

    @Override
    public List<LogLine> log(String queue, String jobId) {
        return application.list(scripts.lines, queue, new ScriptArguments(2).text(jobId)).stream()
                .map(RedisLedger::line)
                .toList();
    }

    private static LogLine line(Object stored) {
        BinaryReader reader = new BinaryReader((byte[]) stored);
        return new LogLine(Instant.ofEpochMilli(reader.number(6)), new String(reader.rest(), UTF_8));
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
    public Set<String> queues() {
        return registry.names();
    }
}
