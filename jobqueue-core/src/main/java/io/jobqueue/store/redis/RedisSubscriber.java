package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The one connection of a store that hears channels. Its thread opens it with the first subscription, probes it
 * while it is silent and opens it again when it breaks.
 */
final class RedisSubscriber implements ChannelSubscriber {

    private static final Logger log = LoggerFactory.getLogger(RedisSubscriber.class);
    private static final long SHORTEST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final long LONGEST_PAUSE_WHILE_REFUSED_MILLIS = 30_000;
    private static final long PROBE_SECONDS = 10;

    private final Supplier<Connection> connections;
    private final String silence;
    private final RedisFailures failures;
    private final ChannelAudience audience = new ChannelAudience();
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Thread listening;
    private volatile boolean refused;
    private volatile @Nullable Channels current;
    private volatile boolean leaving;

    /**
     * @param silence a channel nobody writes to
     * @param failures says why the server refused to let channels be heard
     */
    RedisSubscriber(Supplier<Connection> connections, String silence, RedisFailures failures) {
        this.connections = connections;
        this.silence = silence;
        this.failures = failures;
    }

    @Override
    public synchronized void add(ChannelSubscription subscription) {
        subscription.connecting(subscription.channels());
        audience.add(subscription);
        if (listening == null) {
            listening = start("jobqueue-redis-subscriber", this::listen);
            start("jobqueue-redis-probe", this::probe);
        } else {
            Channels channels = current;
            if (channels != null) {
                channels.join(subscription.channels());
            }
        }
    }

    @Override
    public synchronized void remove(ChannelSubscription subscription) {
        audience.remove(subscription);
        Set<String> unused = subscription.channels();
        unused.removeAll(audience.channels());
        Channels channels = current;
        if (channels != null && !unused.isEmpty()) {
            channels.leave(unused);
        }
    }

    private void listen() {
        long pause = SHORTEST_PAUSE_MILLIS;
        while (!isClosed()) {
            try (Connection redis = connections.get()) {
                Channels channels = new Channels(redis);
                channels.proceed(redis, begin(channels));
                pause = SHORTEST_PAUSE_MILLIS;
            } catch (JedisException e) {
                if (current != null) {
                    pause = SHORTEST_PAUSE_MILLIS;
                }
                tell(e, pause);
            } catch (RuntimeException | Error e) { // such as a listener's: the others must not be deaf from now on
                log.warn("Subscription to redis broke by an error in this process; it is opened again", e);
            } finally {
                current = null;
            }
            pauseFor(pause);
            pause = Math.min(pause * 2, refused ? LONGEST_PAUSE_WHILE_REFUSED_MILLIS : LONGEST_PAUSE_MILLIS);
        }
    }

    /** A refusal stays until somebody changes the server, and all that is told by messages is late meanwhile. */
    private void tell(JedisException failure, long pause) {
        log.debug("Subscription to redis broke, it is opened again in {} ms", pause, failure);
        if (failure instanceof JedisDataException && !refused) {
            refused = true;
            log.warn(
                    "Messages cannot be heard, so answers, cancels and events come late: {}",
                    failures.explain(failure).getMessage());
        }
    }

    /** A connection with no channel left would end the wait, so a channel nobody writes to is always among them. */
    private synchronized byte[][] begin(Channels channels) {
        Set<String> wanted = audience.channels();
        audience.connecting(wanted);
        wanted.add(silence);
        channels.expect(wanted.size());
        return encoded(wanted);
    }

    /**
     * Opens the connection anew, since its server is not in charge any more, and once more when it would be probed: the
     * calls may have followed a name to another server a moment later than this connection did.
     */
    void leave() {
        leaving = true;
        hangUp();
    }

    private void hangUp() {
        Channels channels = current;
        if (channels != null) {
            channels.hangUp();
        }
    }

    private void probe() {
        while (!pauseFor(TimeUnit.SECONDS.toMillis(PROBE_SECONDS))) {
            Channels channels = current;
            if (leaving) {
                leaving = false;
                hangUp();
            } else if (channels != null) {
                channels.probe();
            }
        }
    }

    /** Returns whether the subscriber was closed meanwhile. */
    private boolean pauseFor(long millis) {
        try {
            long jittered = millis + ThreadLocalRandom.current().nextLong(millis / 4 + 1);
            return closed.await(jittered, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return isClosed();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    @Override
    public void close() {
        closed.countDown();
        Thread listener;
        synchronized (this) {
            listener = listening;
        }
        if (listener != null) {
            listener.interrupt();
        }
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static byte[][] encoded(Collection<String> channels) {
        return channels.stream().map(name -> name.getBytes(UTF_8)).toArray(byte[][]::new);
    }

    /** The channels of one connection. Commands of other threads are sent one after the other. */
    private final class Channels extends BinaryJedisPubSub {

        private final Connection redis;
        private int outstanding;

        Channels(Connection redis) {
            this.redis = redis;
        }

        void expect(int confirmations) {
            outstanding = confirmations;
        }

        synchronized void join(Set<String> channels) {
            send(() -> subscribe(encoded(channels)));
        }

        synchronized void leave(Set<String> channels) {
            send(() -> unsubscribe(encoded(channels)));
        }

        synchronized void probe() {
            send(this::ping);
        }

        /** The thread that reads is told by the broken connection. */
        void hangUp() {
            send(redis::close);
        }

        private void send(Runnable command) {
            try {
                command.run();
            } catch (JedisException e) {
                log.debug("Subscription to redis broke while it was changed; it is opened again", e);
            }
        }

        @Override
        public void onSubscribe(byte[] channel, int subscribed) {
            if (outstanding > 0 && --outstanding == 0) {
                ready();
            }
            audience.confirmed(new String(channel, UTF_8));
        }

        /** What was added while the connection was being opened is joined now. */
        private void ready() {
            synchronized (RedisSubscriber.this) {
                current = this;
                refused = false;
                join(audience.channels());
            }
        }

        @Override
        public void onMessage(byte[] channel, byte[] message) {
            audience.hear(new String(channel, UTF_8), message);
        }
    }
}
