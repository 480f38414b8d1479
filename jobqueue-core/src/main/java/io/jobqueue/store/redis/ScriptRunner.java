package io.jobqueue.store.redis;

import io.jobqueue.DamagedStoreException;
import io.jobqueue.JobQueueException;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** Calls scripts by their SHA, and by their text when the server has forgotten them. Thread-safe. */
final class ScriptRunner {

    private static final RedisScript TYPES = RedisScript.load("types", RedisScript::resource);

    private final CallClient client;
    private final RedisKeys keys;
    private final StoreClock clock;
    private final RedisFailures failures;
    private final QueueRights rights;
    private final Demotions demotions;
    private volatile boolean closed;

    ScriptRunner(
            CallClient client,
            RedisKeys keys,
            StoreClock clock,
            RedisFailures failures,
            QueueRights rights,
            Demotions demotions) {
        this.client = client;
        this.keys = keys;
        this.clock = clock;
        this.failures = failures;
        this.rights = rights;
        this.demotions = demotions;
    }

    /**
     * Runs a script on the keys of a queue.
     *
     * @return what the script answered: {@code Long}, {@code byte[]}, {@code List} or null
     * @throws StoreUnavailableException when there was no answer
     */
    Object run(RedisScript script, String queue, ScriptArguments arguments) {
        clock.appendTo(arguments);
        return onQueue(queue, () -> evaluate(script, queue, arguments.values()));
    }

    /**
     * Runs a script several times on the keys of a queue, without waiting for one answer before the next call. Not for
     * clusters, nor for clients that make calls again by themselves.
     *
     * @param runs is gone through while the first runs are under way. So much must fit into the buffers of a connection:
     *     nothing is read before all is written
     * @return one answer a run, in order; each throws what {@link #run} would have thrown
     * @throws StoreUnavailableException when there was no answer to any of them, with {@code REFUSED} when none was sent
     */
    List<PipelinedAnswer> runAll(RedisScript script, String queue, Stream<ScriptArguments> runs) {
        return onQueue(
                queue,
                () -> call(redis -> {
                    List<PipelinedAnswer> answers = new ArrayList<>();
                    try (AbstractPipeline pipeline = redis.pipelined()) {
                        runs.forEach(run -> {
                            clock.appendTo(run);
                            answers.add(new PipelinedAnswer(
                                    pipeline.evalsha(script.sha(), keys.ofQueue(queue), run.values()),
                                    failure -> named(queue, explain(failure))));
                        });
                        pipeline.sync();
                    }
                    return answers;
                }));
    }

    /**
     * Makes a call on the keys of a queue.
     *
     * @throws io.jobqueue.DamagedStoreException when one of them has a type that is not ours
     */
    <T> T onQueue(String queue, Supplier<T> call) {
        rights.require(queue, (script, values) -> evaluate(script, queue, values));
        try {
            return call.get();
        } catch (JobQueueException e) {
            throw named(queue, e);
        }
    }

    /** Returns what to throw for a failure that may come from a key of the queue: it is named when it has a wrong type. */
    JobQueueException named(String queue, JobQueueException failure) {
        if (!KeyTypes.areWrong(failure)) {
            if (mayBeForWantOfRights(failure)) {
                rights.forget(queue);
            }
            return failure;
        }
        Object types = evaluate(TYPES, queue, List.of());
        DamagedStoreException named = KeyTypes.explain(queue, keys.ofQueue(queue), (List<?>) types, failure);
        return named != null ? named : failure;
    }

    /** Servers say so in several ways when it is a command of a script that is refused. */
    private static boolean mayBeForWantOfRights(JobQueueException failure) {
        return failure.getCause() instanceof JedisDataException
                && (!(failure instanceof StoreUnavailableException) || AccessAdvice.isAbout(failure));
    }

    private Object evaluate(RedisScript script, String queue, List<byte[]> values) {
        return call(redis -> {
            try {
                return redis.evalsha(script.sha(), keys.ofQueue(queue), values);
            } catch (JedisNoScriptException e) {
                return redis.eval(script.text(), keys.ofQueue(queue), values);
            }
        });
    }

    /** Runs a script that answers a list. */
    @SuppressWarnings("unchecked") // every script says in its header what it answers
    List<Object> list(RedisScript script, String queue, ScriptArguments arguments) {
        return (List<Object>) run(script, queue, arguments);
    }

    /** Runs a script that answers a number. */
    long number(RedisScript script, String queue, ScriptArguments arguments) {
        return (Long) run(script, queue, arguments);
    }

    /**
     * Makes any other call.
     *
     * @throws StoreUnavailableException when there was no answer
     */
    <T> T call(Function<UnifiedJedis, T> call) {
        if (closed) {
            throw new StoreUnavailableException("the redis store is closed; open a new one", Outcome.REFUSED, null);
        }
        try {
            return call.apply(client.client());
        } catch (JedisConnectionException e) {
            client.dropIdle();
            throw failures.explain(e);
        } catch (JedisException e) {
            throw explain(e);
        }
    }

    private JobQueueException explain(JedisException failure) {
        demotions.heed(failure);
        return failures.explain(failure);
    }

    void close() {
        closed = true;
    }
}
