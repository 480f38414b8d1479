package io.jobqueue.store.redis;

import io.jobqueue.Durability;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.DurableEnqueue;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.EnqueueSize;
import io.jobqueue.store.NewJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Enqueues by the same script, and then waits on the connection that wrote: only there the server knows what is waited
 * for. A script that found everything stored before is waited for like one that wrote, so a repeat is as safe as the
 * first call.
 */
final class RedisDurableEnqueue implements DurableEnqueue {

    private final ConfirmedCalls calls;
    private final ScriptRunner application;
    private final RedisScripts scripts;
    private final RedisKeys keys;
    private final StoreClock clock;
    private final QueueRegistry registry;
    private final Confirmations confirmations;

    RedisDurableEnqueue(
            ConfirmedCalls calls,
            ScriptRunner application,
            RedisScripts scripts,
            RedisKeys keys,
            StoreClock clock,
            QueueRegistry registry,
            Confirmations confirmations) {
        this.calls = calls;
        this.application = application;
        this.scripts = scripts;
        this.keys = keys;
        this.clock = clock;
        this.registry = registry;
        this.confirmations = confirmations;
    }

    @Override
    public void require(Durability durability) {
        confirmations.forget();
        calls.holdEach(connection -> confirmations.of(durability, connection));
    }

    @Override
    public List<EnqueueAnswer> enqueue(
            String queue, List<List<NewJob>> batches, Durability durability, Duration atMost) {
        EnqueueSize.requireAll(batches);
        registry.add(queue);
        try {
            return application.onQueue(
                    queue,
                    () -> calls.hold(keys.wake(queue), connection -> {
                        Confirmation confirmation = confirmations.of(durability, connection);
                        List<EnqueueAnswer> answers = write(queue, batches, connection);
                        await(confirmation, connection, atMost);
                        return answers;
                    }));
        } catch (StoreUnavailableException e) {
            confirmations.forget();
            throw e;
        }
    }

    private List<EnqueueAnswer> write(String queue, List<List<NewJob>> batches, HeldConnection connection) {
        List<EnqueueAnswer> answers = new ArrayList<>();
        for (List<NewJob> batch : batches) {
            try {
                answers.addAll(writeBatch(queue, batch, connection));
            } catch (JedisException e) {
                throw answers.isEmpty() ? e : Confirmation.unconfirmed("what follows failed: " + e.getMessage(), e);
            }
        }
        return answers;
    }

    private List<EnqueueAnswer> writeBatch(String queue, List<NewJob> batch, HeldConnection connection) {
        ScriptArguments arguments = NewJobFormat.write(batch, keys);
        clock.appendTo(arguments);
        Object answer = connection.evaluate(scripts.enqueue, keys.ofQueue(queue), arguments.values());
        return NewJobFormat.answers(batch, answer, job -> writeAgain(queue, job, connection));
    }

    private EnqueueAnswer writeAgain(String queue, NewJob job, HeldConnection connection) {
        try {
            return writeBatch(queue, List.of(job), connection).get(0);
        } catch (JedisException e) {
            throw Confirmation.unconfirmed("what follows failed: " + e.getMessage(), e);
        }
    }

    /** Whatever goes wrong from here on, the jobs are written. */
    private static void await(Confirmation confirmation, HeldConnection connection, Duration atMost) {
        try {
            confirmation.await(connection, atMost);
        } catch (JedisException e) {
            throw Confirmation.unconfirmed(String.valueOf(e.getMessage()), e);
        }
    }
}
