package io.jobqueue.store.redis;

import io.jobqueue.JobState;
import io.jobqueue.QueueCounts;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.StoredJob;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads jobs: one script a question, each sees one moment. */
final class RedisLedger implements JobLedger {

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

    private static StoredJob read(String jobId, List<?> parts) {
        byte[] state = (byte[]) parts.get(0);
        StandingFormat job = StandingFormat.read((byte[]) parts.get(1), (byte[]) parts.get(2));
        byte[] outcome = (byte[]) parts.get(3);
        byte[] due = (byte[]) parts.get(4);
        byte[] progress = (byte[]) parts.get(5);
        byte[] error = (byte[]) parts.get(6);
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
                    end.outcome().result(),
                    end.outcome().error());
        }
        JobState unended = StateFormat.unended(state);
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
                null,
                error.length == 0 ? null : ErrorFormat.read(new BinaryReader(error)));
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
