package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.store.AuditRequest;
import io.jobqueue.store.Term;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** The name of a queue is missing although jobs are stored in it, and the leader adds it. */
class LostNameIT extends RedisStoreFixture {

    private RedisStore leader;

    @BeforeEach
    void openLeader() {
        leader = RedisStore.open(server.connection(), "jq");
    }

    @AfterEach
    void closeLeader() {
        leader.close();
    }

    private void audit(String queue) {
        Term term = leader.leaderLock().acquire(queue, "me", HOUR).orElseThrow();
        leader.transitions().audit(term, new AuditRequest(null, HOUR, HOUR));
    }

    @Test
    void nameThatTheServerHasLostIsAdded() {
        enqueue(store, "a");
        try (Jedis redis = server.commands()) {
            redis.del("jq:queues");
        }

        audit(QUEUE);

        assertThat(store.ledger().queues()).containsExactly(QUEUE);
    }

    @Test
    void nameOfAQueueWhoseJobsHaveAllGoneIsAdded() {
        enqueue(store, "a");
        store.operations().remove(QUEUE, "a");
        try (Jedis redis = server.commands()) {
            redis.del("jq:queues");
        }

        audit(QUEUE);

        assertThat(store.ledger().queues()).containsExactly(QUEUE);
    }

    @Test
    void queueThatIsUsedByWhoDoesNotKnowThatItWasErasedIsKnownAgain() {
        enqueue(store, "a");
        try (RedisStore other = RedisStore.open(server.connection(), "jq")) {
            assertThat(other.operations().obliterate(QUEUE, true)).isTrue();
        }
        enqueue(store, "b");

        audit(QUEUE);

        assertThat(store.ledger().queues()).containsExactly(QUEUE);
    }

    @Test
    void erasedQueueIsNotAdded() {
        enqueue(store, "a");
        audit(QUEUE);
        assertThat(store.operations().obliterate(QUEUE, true)).isTrue();

        try (RedisStore next = RedisStore.open(server.connection(), "jq")) {
            Term term = next.leaderLock().acquire(QUEUE, "me", HOUR).orElseThrow();
            next.transitions().audit(term, new AuditRequest(null, HOUR, HOUR));
        }

        assertThat(store.ledger().queues()).isEmpty();
    }

    @Test
    void queueThatIsOnlyWorkedOnIsNotAdded() {
        claim(store, session("s"), 1);

        audit(QUEUE);

        assertThat(store.ledger().queues()).isEmpty();
    }
}
