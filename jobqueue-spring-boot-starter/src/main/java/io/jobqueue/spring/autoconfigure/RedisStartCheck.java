package io.jobqueue.spring.autoconfigure;

import io.jobqueue.JobQueueException;
import io.jobqueue.UnsuitableStoreException;
import io.jobqueue.store.JobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says at start that the server cannot be reached. The application starts all the same, because servers come up in
 * any order and the store heals by itself, unless it is told to fail fast. A server that must not keep jobs stops the
 * start.
 */
record RedisStartCheck(JobStore store, String location, RedisAddress address, OwnRedisClient client) {

    private static final Logger log = LoggerFactory.getLogger(RedisStartCheck.class);

    void run(boolean failFast) {
        try {
            log.info("The Redis at {} is {}", location, store.info().version());
        } catch (UnsuitableStoreException e) {
            store.close();
            throw new JobStoreStartException(
                    "The Redis of the job queue must not keep jobs (" + e.getMessage() + ").", remedy(e), e);
        } catch (JobQueueException e) {
            if (!address.given()) {
                client.missingAddress(location, e).ifPresent(missing -> {
                    store.close();
                    throw missing;
                });
            }
            if (failFast) {
                store.close();
                throw new JobStoreStartException(
                        "The Redis of the job queue cannot be reached (" + e.getMessage() + ").", hint() + ".", e);
            }
            log.warn(
                    "The Redis of the job queue cannot be reached ({}). Jobs can neither be enqueued nor run until it"
                            + " can. {}",
                    e.getMessage(),
                    hint());
        }
    }

    private String remedy(UnsuitableStoreException e) {
        return address.given() || client.client() == null ? e.remedy() + "." : e.remedy() + ". " + client.action();
    }

    private String hint() {
        return "Start a Redis at " + location + ", set jobqueue.store.redis.url to where it is (" + address.source()
                + " says it now), or set jobqueue.store.type=memory to do without one";
    }
}
