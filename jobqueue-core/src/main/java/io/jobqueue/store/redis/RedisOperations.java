package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.JobId;
import io.jobqueue.JobState;
import io.jobqueue.Removal;
import io.jobqueue.UnreadableJobException;
import io.jobqueue.store.JobChange;
import io.jobqueue.store.JobOperations;
import io.jobqueue.store.Partition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an operator does by hand: one script a step. */
final class RedisOperations implements JobOperations {

    private static final int PAGE = 100;

    private final ScriptRunner application;
    private final RedisScripts scripts;
    private final RedisKeys keys;
    private final QueueRegistry registry;

    RedisOperations(ScriptRunner application, RedisScripts scripts, RedisKeys keys, QueueRegistry registry) {
        this.application = application;
        this.scripts = scripts;
        this.keys = keys;
        this.registry = registry;
    }

    @Override
    public Removal remove(String queue, String jobId) {
        Object answer = application.run(
                scripts.remove, queue, new ScriptArguments(3).text(queue).text(jobId));
        return switch (RedisTransitions.text(answer)) {
            case "R" -> Removal.REMOVED;
            case "A" -> Removal.ACTIVE;
            default -> Removal.NOT_FOUND;
        };
    }

    @Override
    public List<Boolean> replay(String queue, List<String> jobIds) {
        ScriptArguments arguments = new ScriptArguments(jobIds.size() + 2).number(jobIds.size());
        jobIds.forEach(arguments::text);
        byte[] digits = (byte[]) application.run(scripts.replay, queue, arguments);
        List<Boolean> replayed = new ArrayList<>(digits.length);
        for (byte digit : digits) {
            replayed.add(digit == '1');
        }
        return replayed;
    }

    @Override
    public boolean promote(String queue, String jobId) {
        return change(queue, jobId, new JobChange(null, Duration.ZERO, null), "S");
    }

    @Override
    public boolean change(String queue, String jobId, JobChange change) {
        return change(queue, jobId, change, "");
    }

    private boolean change(String queue, String jobId, JobChange change, String onlyIn) {
        ScriptArguments arguments = new ScriptArguments(7).text(jobId);
        if (change.priority() == null) {
            arguments.empty();
        } else {
            arguments.number(change.priority());
        }
        if (change.delay() == null) {
            arguments.empty();
        } else {
            arguments.millis(change.delay());
        }
        if (change.payload() == null) {
            arguments.empty().empty();
        } else {
            arguments.text("1").bytes(change.payload());
        }
        long changed = application.number(scripts.change, queue, arguments.text(onlyIn));
        if (changed < 0) {
            throw new UnreadableJobException(
                    JobId.of(Partition.queueOf(queue), jobId), "its record has another format");
        }
        return changed == 1;
    }

    @Override
    public boolean retain(String queue, String jobId, Duration retention) {
        return application.number(
                        scripts.retain,
                        queue,
                        new ScriptArguments(3).text(jobId).millis(retention))
                == 1;
    }

    @Override
    public void pause(String queue, @Nullable String type) {
        application.run(scripts.pause, queue, new ScriptArguments(2).text(field(type)));
    }

    @Override
    public void resume(String queue, @Nullable String type) {
        long returned;
        do {
            returned = application.number(scripts.resume, queue, new ScriptArguments(2).text(field(type)));
        } while (returned == PAGE);
    }

    @Override
    public boolean isPaused(String queue) {
        return application.onQueue(
                queue, () -> application.call(redis -> redis.hexists(keys.paused(queue), new byte[0])));
    }

    @Override
    public Set<String> pausedTypes(String queue) {
        return application.onQueue(queue, () -> application.call(redis -> redis.hkeys(keys.paused(queue)))).stream()
                .filter(type -> type.length > 0 && !RedisDirectory.isWorker(type))
                .map(type -> new String(type, UTF_8))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public int drain(String queue, int limit) {
        int erased = 0;
        boolean more;
        do {
            List<Object> answer = application.list(
                    scripts.drain, queue, new ScriptArguments(3).text(queue).number(limit - erased));
            erased += ((Long) answer.get(0)).intValue();
            more = (Long) answer.get(1) == 1;
        } while (more && erased < limit);
        return erased;
    }

    @Override
    public int clean(String queue, JobState state, Duration olderThan, int limit) {
        int erased = 0;
        String cursor = "0";
        do {
            List<Object> answer = application.list(
                    scripts.clean,
                    queue,
                    new ScriptArguments(5)
                            .text(StateFormat.write(state))
                            .millis(olderThan)
                            .number(limit - erased)
                            .text(cursor));
            cursor = RedisTransitions.text(answer.get(0));
            erased += ((Long) answer.get(1)).intValue();
        } while (!cursor.equals("0") && erased < limit);
        return erased;
    }

    @Override
    public boolean obliterate(String queue, boolean force) {
        boolean erased =
                application.number(scripts.obliterate, queue, new ScriptArguments(1).number(force ? 1 : 0)) == 1;
        if (erased) {
            registry.remove(queue);
            keepNameOfQueueUsedMeanwhile(queue);
        }
        return erased;
    }

    /** The names lie in another slot, so an enqueue may come between the two steps. */
    private void keepNameOfQueueUsedMeanwhile(String queue) {
        if (application.call(redis -> redis.exists(keys.jobs(queue)))) {
            registry.add(queue);
        }
    }

    /** The whole queue is paused under the one name that no type can have. */
    private static String field(@Nullable String type) {
        return type == null ? "" : type;
    }
}
