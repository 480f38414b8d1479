package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Cancellation;
import io.jobqueue.JobCancelledException;
import io.jobqueue.JobEvent;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.store.redis.RedisConnection;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;

/** What is spoken on the connections of an engine, of every kind: to call, to wait for work, and to hear. */
class ProtocolIT {

    private static final String OURS = "jobqueue-of-test";
    private static final String THEIRS = "application-of-test";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern SPOKEN = Pattern.compile(".*\\bresp=(\\d).*");

    private final RedisServer server = RedisServer.start();
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch told = new CountDownLatch(1);

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"RESP2", "RESP3"})
    void jobsRunAreCancelledAndAreToldOfInTheProtocolThatIsChosen(RedisProtocol protocol) throws Exception {
        RedisConnection chosen = RedisConnection.builder()
                .url(server.url())
                .clientName(OURS)
                .customize(config -> config.protocol(protocol))
                .build();
        try (RedisStore store = RedisStore.open(chosen, "jq");
                JobEngine engine = engineOn(store)) {
            work(engine);

            assertThat(spokenBy(OURS)).hasSizeGreaterThan(3).containsOnly(protocol == RedisProtocol.RESP2 ? "2" : "3");
        }
    }

    @Test
    void withoutAChoiceItIsTheProtocolOfTheApplicationsOwnClient() throws Exception {
        try (RedisClient client = RedisClient.builder()
                        .hostAndPort(new HostAndPort("127.0.0.1", server.port()))
                        .clientConfig(DefaultJedisClientConfig.builder()
                                .clientName(THEIRS)
                                .build())
                        .build();
                RedisStore store = RedisStore.open(
                        client,
                        RedisConnection.builder()
                                .url(server.url())
                                .clientName(OURS)
                                .build(),
                        "jq");
                JobEngine engine = engineOn(store)) {
            work(engine);

            List<String> theirs = spokenBy(THEIRS);
            System.out.printf("this Jedis speaks RESP%s by itself%n", theirs.get(0));
            assertThat(spokenBy(OURS)).hasSizeGreaterThan(3).containsOnly(theirs.get(0));
        }
    }

    private JobEngine engineOn(RedisStore store) {
        return JobEngine.builder(store)
                .handler(HandlerDefinition.of("echo", "mails", String.class, (payload, job) -> payload))
                .handler(HandlerDefinition.of("long", "mails", String.class, (payload, job) -> {
                    running.countDown();
                    return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
                }))
                .build();
    }

    private void work(JobEngine engine) throws InterruptedException {
        JobQueue jobs = engine.jobQueue();
        jobs.listen("mails", event -> {
            if (event.kind() == JobEvent.Kind.COMPLETED) {
                told.countDown();
            }
        });
        engine.start();

        assertThat(jobs.enqueueAndWait(request("echo"), String.class, PATIENCE)).isEqualTo("text");
        assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<String> waiting = jobs.enqueueForResult(request("long"), String.class, PATIENCE);
        assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(jobs.cancel(JobId.of("mails", "long"))).isEqualTo(Cancellation.REQUESTED);
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(JobCancelledException.class);
    }

    private static JobRequest request(String type) {
        return JobRequest.of(type, "text").queue("mails").id(type).build();
    }

    /** Returns the protocol of every connection of a name. */
    private List<String> spokenBy(String name) {
        try (Jedis redis = server.commands()) {
            return redis.clientList()
                    .lines()
                    .filter(line -> line.contains("name=" + name))
                    .map(line -> SPOKEN.matcher(line).replaceFirst("$1"))
                    .toList();
        }
    }
}
