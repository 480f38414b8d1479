package io.jobqueue.store.redis;

import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * The connections of one store, each kind apart from the others: the application's calls may use up their pool
 * without holding up a worker, and nothing waits behind a blocking call.
 */
final class RedisLines implements AutoCloseable {

    private static final int MOST_ENGINE_CALLS = 256;

    private final RedisConnection connection;
    private final ReconnectPace pace;
    private final ServerJudge judge;
    private final CallClient application;
    private final RedisTopology engine;
    private final RedisTopology confirmed;
    private final Demotions demotions = new Demotions(System::nanoTime);
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean closed;

    /**
     * @param callers the caller's client for the application's calls, which stays the caller's to close; null for one
     *     of the store's own
     */
    RedisLines(RedisConnection connection, @Nullable UnifiedJedis callers) {
        this.connection = connection;
        pace = new ReconnectPace(System::nanoTime, connection.commandTimeout.plus(ReconnectPace.PAUSE), this::pass);
        judge = new ServerJudge(connection.acceptEviction);
        boolean loopsSeeToOneServer = !connection.usesCluster();
        application = callers != null
                ? new CallersClient(callers)
                : connection.topology(connection.poolMaxTotal, pace, judge, true);
        engine = connection.topology(MOST_ENGINE_CALLS, pace, judge, loopsSeeToOneServer);
        confirmed = connection.topology(connection.poolMaxTotal, pace, judge, true);
        Stream.of(application, engine, confirmed).forEach(client -> demotions.add(client::leave));
    }

    /** Waits, but not longer than the store is open. */
    private void pass(Duration time) throws InterruptedException {
        boolean ended = closing.await(time.toNanos(), TimeUnit.NANOSECONDS);
        if (ended) {
            throw new JedisConnectionException("the redis store is closed; open a new one");
        }
    }

    /** Returns the pool of the application's calls: enqueue, find, cancel, progress. */
    CallClient application() {
        return application;
    }

    /** Returns the pool of the engine's calls (exchange, renew, maintenance), and who is in charge of what. */
    RedisTopology engine() {
        return engine;
    }

    /** Returns the pool of the calls that wait for a confirmation; always the store's own, for the calls hold it. */
    RedisTopology confirmed() {
        return confirmed;
    }

    /** Returns who judges the servers that are connected to. */
    ServerJudge judge() {
        return judge;
    }

    /** Returns what waits for slots that are on the move: for as long as a command may take. */
    MovePatience movePatience() {
        return pace.movePatience(connection.commandTimeout);
    }

    /** Returns what leaves a server that is not in charge any more: with all connections of this store. */
    Demotions demotions() {
        return demotions;
    }

    /** Returns what hears channels; nothing is connected before somebody subscribes. */
    ChannelSubscriber subscriber(RedisKeys keys) {
        if (!connection.usesCluster()) {
            RedisSubscriber subscriber = new RedisSubscriber(
                    () -> openWaiting(engine.master(keys.queues())), keys.silence(), failures(keys));
            demotions.add(subscriber::leave);
            return subscriber;
        }
        return new ClusterSubscriber(
                new RedisSubscriber(() -> openWaiting(anyMaster()), keys.silence(), failures(keys)),
                new ShardSubscriber(engine, this::openWaiting, failures(keys)));
    }

    /** Another one each time, so that a node that is away holds nobody up for long. */
    private HostAndPort anyMaster() {
        List<HostAndPort> masters = List.copyOf(engine.masters());
        if (masters.isEmpty()) {
            engine.lookAgain();
            throw new JedisConnectionException("Failed to connect: no node of the cluster is known to be a master");
        }
        return masters.get(ThreadLocalRandom.current().nextInt(masters.size()));
    }

    /**
     * Opens a connection for one thread that waits in it. An interrupt of that thread closes it; silence of
     * more than {@link #longestSilence()} does too.
     */
    Connection openWaiting(HostAndPort server) {
        AtomicBoolean once = new AtomicBoolean();
        JedisClientConfig config = RedisSockets.toJobs(connection);
        return pace.connect(server, () -> new Connection(() -> socket(server, config, once), config));
    }

    /** A connection that was closed under its thread would quietly open itself again. */
    private Socket socket(HostAndPort server, JedisClientConfig config, AtomicBoolean once) {
        if (closed) {
            throw new JedisConnectionException("the redis store is closed; open a new one");
        }
        if (!once.compareAndSet(false, true)) {
            throw new JedisConnectionException("a connection to " + server + " that had broken was used");
        }
        return new ChannelSockets(config, server).createSocket();
    }

    /** Returns what says why a call failed. */
    RedisFailures failures(RedisKeys keys) {
        return new RedisFailures(connection.describe(), connection.usesTls(), access(keys));
    }

    /** Returns what says which rights the user lacks. */
    AccessAdvice access(RedisKeys keys) {
        return new AccessAdvice(connection.user(), keys);
    }

    /** Returns whether a call of the application that had no answer may be made again without being told. */
    boolean repeatsCalls() {
        return application instanceof CallersClient callers && callers.repeatsCalls();
    }

    /** Returns whether the application may make calls before the last is answered: a cluster may send each elsewhere. */
    boolean mayPipeline() {
        return !(application instanceof CallersClient) && !connection.usesCluster();
    }

    /** Returns whether the application's calls are made by a client of its own, and all go to one server. */
    boolean hasCallersClientOfOneServer() {
        return application instanceof CallersClient && connection.servers instanceof RedisServers.One;
    }

    static Duration longestSilence() {
        return RedisSockets.LONGEST_SILENCE;
    }

    String describe() {
        return connection.describe();
    }

    /** Returns how the servers are arranged. */
    String mode() {
        return connection.mode();
    }

    @Override
    public void close() {
        closed = true;
        closing.countDown();
        application.close();
        engine.close();
        confirmed.close();
    }
}
