package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.BinaryJedisShardedPubSub;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/** The connection to one node on which channels of its slots are heard, and the thread that reads it. */
final class ShardLine implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ShardLine.class);
    private static final long SHORTEST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;
    private static final long LONGEST_PAUSE_WHILE_REFUSED_MILLIS = 30_000;

    private final HostAndPort server;
    private final ShardSubscriber owner;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Set<String> wanted = Set.of();
    private @Nullable Channels current;
    private @Nullable Thread listening;

    ShardLine(HostAndPort server, ShardSubscriber owner) {
        this.server = server;
        this.owner = owner;
    }

    HostAndPort server() {
        return server;
    }

    /** Hears these channels, at least one, and no others; also shows whether the connection is still whole. */
    synchronized void hear(Set<String> channels) {
        wanted = Set.copyOf(channels);
        if (listening == null) {
            listening = new Thread(this::listen, "jobqueue-redis-shard-" + server);
            listening.setDaemon(true);
            listening.start();
        } else if (current != null) {
            current.arrange(wanted);
        }
    }

    private void listen() {
        long pause = SHORTEST_PAUSE_MILLIS;
        while (!isClosed()) {
            boolean refused = false;
            try (Connection redis = owner.open(server)) {
                listen(redis);
                pause = SHORTEST_PAUSE_MILLIS;
            } catch (JedisException e) {
                log.debug("Subscription to {} broke, it is opened again or elsewhere", server, e);
                refused = owner.isRefusal(e);
            } catch (RuntimeException | Error e) { // such as a listener's: the others must not be deaf from now on
                log.warn("Subscription to {} broke by an error in this process; it is opened again", server, e);
            }
            if (!isClosed()) {
                if (!refused) {
                    owner.lost();
                }
                pauseFor(pause);
                pause = Math.min(pause * 2, refused ? LONGEST_PAUSE_WHILE_REFUSED_MILLIS : LONGEST_PAUSE_MILLIS);
            }
        }
    }

    private void listen(Connection redis) {
        Channels channels = new Channels();
        try {
            byte[] first = channels.begin();
            channels.proceed(redis, first);
        } catch (JedisMovedDataException e) {
            owner.moved(redis);
        } finally {
            synchronized (this) {
                current = null;
            }
        }
    }

    private void pauseFor(long millis) {
        try {
            long jittered = millis + ThreadLocalRandom.current().nextLong(millis / 4 + 1);
            closed.await(jittered, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    @Override
    public synchronized void close() {
        closed.countDown();
        if (listening != null) {
            listening.interrupt();
        }
    }

    private static byte[] encoded(String channel) {
        return channel.getBytes(UTF_8);
    }

    /**
     * The channels of one connection, each asked for by a command of its own, for they lie in several slots. A channel
     * that is asked for again is confirmed again, which takes the place of a ping.
     */
    private final class Channels extends BinaryJedisShardedPubSub {

        private final Set<String> joined = new HashSet<>();

        /** Returns the channel to begin with; the others follow when it is confirmed. */
        byte[] begin() {
            synchronized (ShardLine.this) {
                String first = wanted.iterator().next();
                joined.add(first);
                owner.audience().connecting(wanted);
                return encoded(first);
            }
        }

        void arrange(Set<String> channels) {
            try {
                leaveAllBut(channels);
                if (!join(channels)) {
                    ssubscribe(encoded(channels.iterator().next()));
                }
            } catch (JedisException e) {
                log.debug("Subscription to {} broke while it was changed; it is opened again", server, e);
            }
        }

        /** Returns whether there was anything to ask for. */
        private boolean join(Set<String> channels) {
            boolean asked = false;
            for (String channel : channels) {
                if (joined.add(channel)) {
                    ssubscribe(encoded(channel));
                    asked = true;
                }
            }
            return asked;
        }

        private void leaveAllBut(Set<String> channels) {
            for (String channel : Set.copyOf(joined)) {
                if (!channels.contains(channel)) {
                    joined.remove(channel);
                    sunsubscribe(encoded(channel));
                }
            }
        }

        @Override
        public void onSSubscribe(byte[] channel, int subscribed) {
            synchronized (ShardLine.this) {
                if (current == null) {
                    current = this;
                    owner.heard();
                    arrange(wanted);
                }
            }
            owner.audience().confirmed(new String(channel, UTF_8));
        }

        /** Unless it was left, the node has lost the slot. */
        @Override
        public void onSUnsubscribe(byte[] channel, int subscribed) {
            boolean lost;
            synchronized (ShardLine.this) {
                lost = joined.remove(new String(channel, UTF_8));
            }
            if (lost) {
                owner.lost();
            }
        }

        @Override
        public void onSMessage(byte[] channel, byte[] message) {
            owner.audience().hear(new String(channel, UTF_8), message);
        }
    }
}
