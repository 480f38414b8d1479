package io.jobqueue.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.benchmarks.ServerReading.One;
import io.jobqueue.testkit.RedisServer;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class RedisCostIT {

    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void countsWhatClientsSendAndNotWhatScriptsCall() {
        try (RedisCost cost = new RedisCost(List.of(URI.create(server.url())));
                Jedis client = server.commands()) {
            client.ping();
            ServerReading before = cost.read();

            client.eval("for i = 1, 20 do redis.call('HSET', KEYS[1], i, i) end", 1, "h");
            client.smembers("s");
            client.hkeys("h");
            client.waitReplicas(0, 1);

            assertThat(cost.read().since(before).sum(One::calls)).isEqualTo(4);
        }
    }

    @Test
    void leavesOutItsOwnQuestionsAndConnections() {
        try (RedisCost cost = new RedisCost(List.of(URI.create(server.url())))) {
            ServerReading before = cost.read();
            cost.awaitRest();
            ServerReading spent = cost.read().since(before);

            assertThat(spent.sum(One::calls)).isZero();
            assertThat(spent.sum(One::sent)).isLessThan(1000);
            assertThat(spent.most(One::connections)).isZero();
        }
    }

    @Test
    void countsTheConnectionsThatWereOpenedAfterIt() {
        try (RedisCost cost = new RedisCost(List.of(URI.create(server.url())));
                Jedis one = server.commands();
                Jedis other = server.commands()) {
            one.ping();
            other.ping();

            assertThat(cost.read().most(One::connections)).isEqualTo(2);
        }
    }

    @Test
    void restsOnlyWhenWhatWasUnlinkedIsFreed() {
        try (RedisCost cost = new RedisCost(List.of(URI.create(server.url())));
                Jedis client = server.commands()) {
            client.eval("for i = 1, 50000 do redis.call('HSET', KEYS[1], 'field' .. i, i) end", 1, "big");
            client.unlink("big");

            cost.awaitRest();

            assertThat(client.info("memory")).contains("lazyfree_pending_objects:0");
        }
    }
}
