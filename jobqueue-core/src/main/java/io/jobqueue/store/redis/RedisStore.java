package io.jobqueue.store.redis;

import io.jobqueue.InvalidJobException;
import io.jobqueue.Values;
import io.jobqueue.store.DurableEnqueue;
import io.jobqueue.store.JobEvents;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobNotes;
import io.jobqueue.store.JobOperations;
import io.jobqueue.store.JobSignals;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.LeaderLock;
import io.jobqueue.store.StoreInfo;
import io.jobqueue.store.WorkerDirectory;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;

/**
 * Jobs on Redis 7+ or Valkey 8+ (one server, a master with Sentinels, or a cluster), shared by any number of processes.
 *
 * <p>Opening does not connect: a server that is away makes calls fail with
 * {@link io.jobqueue.StoreUnavailableException} until it is back. One that may evict jobs, or is too old, makes them
 * fail with {@link io.jobqueue.UnsuitableStoreException}; it is asked when it is first reached. What an acknowledged job
 * survives is decided by the server's persistence; see {@link #info()}.
 */
public final class RedisStore implements JobStore {

    /** The prefix of all keys unless another is given. */
    public static final String DEFAULT_KEY_PREFIX = "jq";

    private final RedisLines lines;
    private final ScriptRunner application;
    private final ScriptRunner engine;
    private final ConfirmedCalls confirmed;
    private final RedisTransitions transitions;
    private final RedisDurableEnqueue durableEnqueue;
    private final RedisNotes notes;
    private final RedisDirectory workers;
    private final RedisLedger ledger;
    private final RedisOperations operations;
    private final RedisEvents events;
    private final RedisLeaderLock leaderLock;
    private final RedisSignals signals;

    private RedisStore(
            RedisConnection connection,
            @Nullable UnifiedJedis callers,
            String keyPrefix,
            StoreClock clock,
            RedisScripts scripts) {
        lines = new RedisLines(connection, callers);
        RedisKeys keys = new RedisKeys(keyPrefix);
        RedisFailures failures = lines.failures(keys);
        ServerGate gate = new ServerGate(lines.engine(), connection, lines.judge());
        QueueRights rights = new QueueRights(scripts.rights, keys, lines.access(keys));
        application =
                new ScriptRunner(gate.before(lines.application()), keys, clock, failures, rights, lines.demotions());
        engine = new ScriptRunner(gate.before(lines.engine()), keys, clock, failures, rights, lines.demotions());
        QueueRegistry registry = new QueueRegistry(application, keys, System::nanoTime);
        transitions = new RedisTransitions(
                application, engine, scripts, keys, registry, lines.repeatsCalls(), lines.mayPipeline());
        confirmed = new ConfirmedCalls(lines.confirmed(), lines.movePatience(), failures, lines.demotions());
        durableEnqueue = new RedisDurableEnqueue(
                confirmed, application, scripts, keys, clock, registry, new Confirmations(connection.describe()));
        notes = new RedisNotes(engine, scripts);
        workers = new RedisDirectory(application, scripts, keys);
        ledger = new RedisLedger(application, scripts, keys, registry, new UnreadableLog(System::nanoTime));
        operations = new RedisOperations(application, scripts, keys, registry);
        leaderLock = new RedisLeaderLock(engine, scripts);
        ChannelSubscriber subscriber = lines.subscriber(keys);
        signals = new RedisSignals(application, engine, scripts, keys, lines, subscriber);
        events = new RedisEvents(engine, scripts, keys, subscriber);
    }

    /**
     * Opens a store.
     *
     * @param connection how to reach the server
     * @param keyPrefix begins every key, so that several deployments can share a database; a name without braces
     * @throws io.jobqueue.InvalidJobException when the prefix is not such a name
     */
    public static RedisStore open(RedisConnection connection, String keyPrefix) {
        return open(connection, keyPrefix, StoreClock.SERVER);
    }

    /**
     * Opens a store that makes the application's calls (enqueue, find, cancel, operate) with a client the application
     * has configured, for instance with its own pool, credentials or proxy. The client stays the caller's: closing the
     * store leaves it open.
     *
     * <p>A {@code RedisClusterClient} repeats calls that had no answer, unless it is built otherwise. An enqueue with an id
     * of the caller's may then be answered {@code DUPLICATE} although it has stored the job itself, and a call such as
     * cancel or remove may find its work done; a job with a generated id is stored once and answered {@code QUEUED}.
     *
     * @param client for the application's calls: a {@code RedisClient}, a {@code RedisSentinelClient} or a
     *     {@code RedisClusterClient}, whichever fits {@code connection}; a failed connection of it makes the store drop
     *     its idle ones where the client lets it
     * @param connection how to reach the same servers for what needs connections of its own: leases and settlements,
     *     which must not wait for the application's pool, the wait for work, and messages
     * @param keyPrefix begins every key; a name without braces
     * @throws InvalidJobException when the prefix is not such a name, or one of client and connection is for a cluster
     *     and the other is not. That they lead to different servers or databases is found out when the store is asked
     *     {@link #info()}, which throws {@link io.jobqueue.UnsuitableStoreException}
     */
    public static RedisStore open(UnifiedJedis client, RedisConnection connection, String keyPrefix) {
        Values.require("redis client", client, "give one");
        if (client instanceof RedisClusterClient != connection.usesCluster()) {
            throw new InvalidJobException("redis client " + client.getClass().getSimpleName() + ": does not fit "
                    + connection.describe() + "; give a client and a connection of the same servers");
        }
        return new RedisStore(
                connection,
                client,
                keyPrefix,
                StoreClock.SERVER,
                new RedisScripts(RedisScript.texts(StoreClock.SERVER, connection.usesCluster())));
    }

    static RedisStore open(RedisConnection connection, String keyPrefix, StoreClock clock) {
        return open(connection, keyPrefix, clock, RedisScript.texts(clock, connection.usesCluster()));
    }

    static RedisStore open(
            RedisConnection connection, String keyPrefix, StoreClock clock, UnaryOperator<String> scripts) {
        return new RedisStore(connection, null, keyPrefix, clock, new RedisScripts(scripts));
    }

    @Override
    public JobTransitions transitions() {
        return transitions;
    }

    @Override
    public Optional<DurableEnqueue> durableEnqueue() {
        return Optional.of(durableEnqueue);
    }

    @Override
    public JobNotes notes() {
        return notes;
    }

    @Override
    public WorkerDirectory workers() {
        return workers;
    }

    @Override
    public JobLedger ledger() {
        return ledger;
    }

    @Override
    public JobOperations operations() {
        return operations;
    }

    @Override
    public JobEvents events() {
        return events;
    }

    @Override
    public LeaderLock leaderLock() {
        return leaderLock;
    }

    @Override
    public JobSignals signals() {
        return signals;
    }

    @Override
    public StoreInfo info() {
        if (lines.hasCallersClientOfOneServer()) {
            engine.call(SameServer::of).require(application.call(SameServer::of), lines.describe());
        }
        return engine.call(ServerFacts::of).describe(lines.mode(), lines.describe());
    }

    @Override
    public void close() {
        application.close();
        engine.close();
        confirmed.close();
        lines.close();
        signals.close();
    }
}
