package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobQueue;
import io.jobqueue.JobQueueException;
import io.jobqueue.JobRequest;
import io.jobqueue.store.redis.RedisConnection;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.testkit.Patience;
import io.jobqueue.testkit.RedisCluster;
import io.jobqueue.testkit.RedisSentinels;
import io.jobqueue.testkit.RedisServer;
import io.jobqueue.testkit.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

/** How often servers are tried that are away, when they are several, however many threads ask. */
class ReconnectPaceIT {

    private static final Duration OUTAGE = Duration.ofSeconds(3);
    private static final int MOST_ATTEMPTS = 2 * (int) OUTAGE.toSeconds() + 2;
    private static final int PRODUCERS = 4;
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final List<String> SIX_QUEUES =
            IntStream.range(0, 6).mapToObj(number -> "mails-" + number).toList();

    private final Set<String> handled = ConcurrentHashMap.newKeySet();
    private final Set<String> leasesLost = ConcurrentHashMap.newKeySet();

    @Test
    void masterAndSentinelsAreTriedTwiceASecond() {
        try (RedisSentinels servers = RedisSentinels.start();
                Lines lines = Lines.to(Stream.concat(
                        servers.servers().stream().map(RedisServer::port),
                        servers.sentinels().stream().map(HostAndPort::getPort)))) {
            assertTriedTwiceASecond(
                    RedisConnection.builder()
                            .sentinel(RedisSentinels.MASTER, lines.addressesOf(servers.sentinels()))
                            .customize(lines::take)
                            .build(),
                    lines);
        }
    }

    @Test
    void nodesOfAClusterAreTriedTwiceASecond() {
        try (RedisCluster cluster = RedisCluster.startWithoutReplicas(3);
                Lines lines = Lines.to(cluster.nodes().stream().map(HostAndPort::getPort))) {
            assertTriedTwiceASecond(lines.toCluster(cluster), lines);
        }
    }

    @Test
    void nodeThatIsAwayHoldsUpNoQueueOfTheOthers() throws InterruptedException {
        try (RedisCluster cluster = RedisCluster.startWithoutReplicas(2);
                Lines lines = Lines.to(cluster.nodes().stream().map(HostAndPort::getPort))) {
            RedisServer away = cluster.masterOf("{jq:mails-0}");
            List<String> hit = queues(queue -> cluster.masterOf("{jq:" + queue + "}") == away, 12);
            String whole = queues(queue -> cluster.masterOf("{jq:" + queue + "}") != away, 1)
                    .get(0);
            List<String> all = Stream.concat(hit.stream(), Stream.of(whole)).toList();
            CountDownLatch running = new CountDownLatch(all.size());
            CountDownLatch release = new CountDownLatch(1);
            try (RedisStore store = RedisStore.open(lines.toCluster(cluster), "jq");
                    JobEngine engine =
                            holding(engine(store, all), all, running, release).build()) {
                engine.start();
                for (String queue : all) {
                    engine.jobQueue()
                            .enqueue(JobRequest.of("long-" + queue, "text")
                                    .queue(queue)
                                    .build());
                }
                assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();

                lines.shut(away.port());
                int attempts =
                        Objects.requireNonNull(lines.attemptsDuring(OUTAGE).get(away.port()));
                Duration taken = timeOf(engine.jobQueue(), whole);
                release.countDown();

                System.out.printf(
                        "one of two nodes away for %s under 12 queues: %d attempts, a job of the other node took %s%n",
                        OUTAGE, attempts, taken);
                assertThat(attempts).isBetween(1, MOST_ATTEMPTS);
                assertThat(leasesLost).doesNotContain(whole);
                assertThat(taken).isLessThan(Duration.ofSeconds(2));
                lines.heal();
                Patience.until("all queues go on", BOUND, () -> all.stream().allMatch(queue -> goesOn(engine, queue)));
            }
        }
    }

    /** Takes all servers away under load, and then opens a store while they are. */
    private void assertTriedTwiceASecond(RedisConnection connection, Lines lines) {
        Map<Integer, Integer> underLoad;
        try (RedisStore store = RedisStore.open(connection, "jq");
                JobEngine engine = engine(store, SIX_QUEUES).build();
                Load load = new Load(engine.jobQueue())) {
            engine.start();
            Patience.until("the load is worked off", BOUND, () -> handled.size() > 200);
            lines.shutAll();
            Patience.until("every producer has noticed", BOUND, () -> load.refused.size() == PRODUCERS);
            underLoad = lines.attemptsDuring(OUTAGE);
            lines.heal();
            int ran = handled.size();
            Patience.until("the work goes on", Duration.ofSeconds(15), () -> handled.size() > ran + 50);
        }
        lines.shutAll();
        Map<Integer, Integer> atTheStart;
        try (RedisStore store = RedisStore.open(connection, "jq");
                JobEngine engine = engine(store, SIX_QUEUES).build();
                Load load = new Load(engine.jobQueue())) {
            engine.start();
            atTheStart = lines.attemptsDuring(OUTAGE);
            lines.heal();
            int ran = handled.size();
            Patience.until("the work begins", Duration.ofSeconds(15), () -> handled.size() > ran + 50);
            assertThat(load.refused).isNotEmpty();
        }

        System.out.printf(
                "%s away for %s: attempts a server %s under load, %s at the start%n",
                connection.describe(), OUTAGE, underLoad.values(), atTheStart.values());
        assertThat(underLoad.values())
                .allSatisfy(attempts -> assertThat(attempts).isLessThanOrEqualTo(MOST_ATTEMPTS));
        assertThat(atTheStart.values())
                .allSatisfy(attempts -> assertThat(attempts).isLessThanOrEqualTo(MOST_ATTEMPTS));
        assertThat(underLoad.values())
                .anySatisfy(attempts -> assertThat(attempts).isPositive());
        assertThat(atTheStart.values())
                .anySatisfy(attempts -> assertThat(attempts).isPositive());
    }

    private JobEngine.Builder engine(RedisStore store, List<String> queues) {
        JobEngine.Builder engine = JobEngine.builder(store)
                .defaults(new QueueSettings(2, LEASE, JobSettings.NONE))
                .shutdownTimeout(Duration.ZERO)
                .listener(new EngineListener() {
                    @Override
                    public void leaseLost(String queue, int claims) {
                        leasesLost.add(queue);
                    }
                });
        queues.forEach(queue -> engine.handler(HandlerDefinition.of(
                "mail-" + queue, queue, String.class, (payload, job) -> handled.add(queue + payload))));
        return engine;
    }

    /** Adds a handler to every queue that runs as long as it is let. */
    private static JobEngine.Builder holding(
            JobEngine.Builder engine, List<String> queues, CountDownLatch running, CountDownLatch release) {
        for (String queue : queues) {
            engine.handler(HandlerDefinition.of("long-" + queue, queue, String.class, (payload, job) -> {
                running.countDown();
                return release.await(1, TimeUnit.MINUTES);
            }));
        }
        return engine;
    }

    private static JobRequest mail(String queue, String payload) {
        return JobRequest.of("mail-" + queue, payload).queue(queue).build();
    }

    private static Duration timeOf(JobQueue jobs, String queue) {
        long begun = System.nanoTime();
        assertThat(jobs.enqueueAndWait(mail(queue, "meanwhile"), Boolean.class, BOUND))
                .isTrue();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private boolean goesOn(JobEngine engine, String queue) {
        try {
            engine.jobQueue().enqueue(mail(queue, "again"));
        } catch (JobQueueException e) {
            return false;
        }
        return handled.contains(queue + "again");
    }

    private static List<String> queues(Predicate<String> condition, int count) {
        return IntStream.range(0, 1_000)
                .mapToObj(number -> "mails-" + number)
                .filter(condition)
                .limit(count)
                .toList();
    }

    /** Producers that enqueue as fast as they are let. */
    private static final class Load implements AutoCloseable {

        private final Set<String> refused = ConcurrentHashMap.newKeySet();
        private final List<Thread> producers = new ArrayList<>();
        private volatile boolean over;

        Load(JobQueue jobs) {
            for (int producer = 0; producer < PRODUCERS; producer++) {
                String name = "producer-" + producer;
                Thread thread = new Thread(() -> produce(jobs, name), name);
                producers.add(thread);
                thread.start();
            }
        }

        private void produce(JobQueue jobs, String name) {
            for (int i = 0; !over; i++) {
                try {
                    jobs.enqueue(mail(SIX_QUEUES.get(i % SIX_QUEUES.size()), name + "-" + System.nanoTime()));
                } catch (JobQueueException e) {
                    refused.add(name);
                }
                LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
            }
        }

        @Override
        public void close() {
            over = true;
            for (Thread producer : producers) {
                try {
                    producer.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /** A line to each of several servers. */
    private record Lines(Map<Integer, TcpProxy> byPort) implements AutoCloseable {

        static Lines to(Stream<Integer> ports) {
            return new Lines(ports.collect(Collectors.toMap(port -> port, TcpProxy::to)));
        }

        /** Lets a client take the lines although it is told where the servers are. */
        void take(DefaultJedisClientConfig.Builder config) {
            config.hostAndPortMapper(server ->
                    new HostAndPort("127.0.0.1", lineTo(server.getPort()).port()));
        }

        RedisConnection toCluster(RedisCluster cluster) {
            return RedisConnection.builder()
                    .cluster(cluster.nodes().stream().map(HostAndPort::toString).toList())
                    .customize(this::take)
                    .build();
        }

        List<String> addressesOf(Collection<HostAndPort> servers) {
            return servers.stream()
                    .map(server -> "127.0.0.1:" + lineTo(server.getPort()).port())
                    .toList();
        }

        private TcpProxy lineTo(int port) {
            return Objects.requireNonNull(byPort.get(port));
        }

        void shut(int port) {
            lineTo(port).shut();
        }

        void shutAll() {
            byPort.values().forEach(TcpProxy::shut);
        }

        void heal() {
            byPort.values().forEach(TcpProxy::heal);
        }

        Map<Integer, Integer> attempts() {
            return byPort.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, line -> line.getValue().connections()));
        }

        Map<Integer, Integer> attemptsDuring(Duration time) {
            Map<Integer, Integer> before = attempts();
            LockSupport.parkNanos(time.toNanos());
            Map<Integer, Integer> after = attempts();
            after.replaceAll((port, attempts) -> attempts - Objects.requireNonNull(before.get(port)));
            return after;
        }

        @Override
        public void close() {
            byPort.values().forEach(TcpProxy::close);
        }
    }
}
