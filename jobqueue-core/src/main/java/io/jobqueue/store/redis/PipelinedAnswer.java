package io.jobqueue.store.redis;

import io.jobqueue.JobQueueException;
import java.util.function.Function;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * The answer to one of several runs of a script that were sent together; it has been read already.
 *
 * @param answer what the server has said
 * @param explain returns what to throw for a failure
 */
record PipelinedAnswer(Response<Object> answer, Function<JedisException, JobQueueException> explain) {

    /** Returns whether the server has forgotten the script, so that nothing was done. */
    boolean isScriptForgotten() {
        try {
            answer.get();
            return false;
        } catch (JedisNoScriptException e) {
            return true;
        } catch (JedisException e) {
            return false;
        }
    }

    /** Returns what the script has answered. */
    Object get() {
        try {
            return answer.get();
        } catch (JedisException e) {
            throw explain.apply(e);
        }
    }
}
