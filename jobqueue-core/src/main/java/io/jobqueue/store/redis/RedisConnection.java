package io.jobqueue.store.redis;

import io.jobqueue.Durations;
import io.jobqueue.InvalidJobException;
import io.jobqueue.Names;
import io.jobqueue.Values;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;

/**
 * How to reach Redis or Valkey: one server, a master watched by Sentinels, or a cluster. Immutable;
 * {@link #toString()} and {@link #describe()} never show a password.
 */
public final class RedisConnection {

    /** The port of a Redis that names none. */
    public static final int DEFAULT_PORT = 6379;

    /** The port of a Sentinel that names none. */
    public static final int DEFAULT_SENTINEL_PORT = 26379;

    final RedisServers servers;
    final int database;
    final @Nullable String username;
    final @Nullable String password;
    final String clientName;
    final Duration commandTimeout;
    final @Nullable Duration connectTimeout;
    final int maxRedirects;
    final int poolMaxTotal;
    final Duration poolMaxWait;
    final @Nullable SSLSocketFactory sslSocketFactory;
    final SSLParameters sslParameters;
    final boolean acceptEviction;
    final boolean acceptPlainText;
    final @Nullable Consumer<DefaultJedisClientConfig.Builder> customizer;

    private RedisConnection(Builder builder) {
        servers = RedisServers.choose(
                new RedisNode(builder.host, builder.port), builder.sentinels, builder.cluster, builder.database);
        database = builder.database;
        username = builder.username;
        password = builder.password;
        clientName = builder.clientName;
        commandTimeout = builder.commandTimeout;
        connectTimeout = builder.connectTimeout;
        maxRedirects = builder.maxRedirects;
        poolMaxTotal = builder.poolMaxTotal;
        poolMaxWait = builder.poolMaxWait;
        sslSocketFactory = builder.sslSocketFactory;
        sslParameters = builder.sslParameters();
        acceptEviction = builder.acceptEviction;
        acceptPlainText = builder.acceptPlainText;
        customizer = builder.customizer;
    }

    /** Begins with {@code localhost:6379}, database 0, no password, no TLS. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the connection a URL names.
     *
     * @param url {@code redis://user:password@host:port/database}, {@code rediss://…} for TLS with a check of
     *     the host name, or {@code host:port}; all parts but the host may be left out
     * @throws InvalidJobException when it is none of these; the message does not repeat the URL, which may hold
     *     a password
     */
    public static RedisConnection of(String url) {
        return builder().url(url).build();
    }

    /**
     * Returns where the jobs are: {@code host:port/database}, {@code sentinel name@host:port,…/database}, or
     * {@code cluster host:port,…}.
     */
    public String describe() {
        return servers.describe(database);
    }

    /** Returns how the servers are arranged: {@code standalone}, {@code sentinel} or {@code cluster}. */
    public String mode() {
        return servers.mode();
    }

    /** Returns whether the servers are a cluster. */
    public boolean usesCluster() {
        return servers instanceof RedisServers.Cluster;
    }

    /** Returns the user of the connection, or {@code default}. */
    public String user() {
        return username != null ? username : "default";
    }

    /** Returns how many connections the calls of the application may use at once. */
    public int poolMaxTotal() {
        return poolMaxTotal;
    }

    /** Returns whether the connection uses TLS. */
    public boolean usesTls() {
        return sslSocketFactory != null;
    }

    @Override
    public String toString() {
        return (usesTls() ? "rediss://" : "redis://") + describe();
    }

    /** @param patient whether a call waits for the next attempt to connect to a server that is away */
    RedisTopology topology(int poolSize, ReconnectPace pace, ServerJudge judge, boolean patient) {
        return servers.topology(new RedisSockets(this, poolSize, pace, judge, patient));
    }

    /** Collects a connection. Not thread-safe. */
    public static final class Builder {

        private static final Duration LONGEST_COMMAND = Duration.ofHours(1);
        private static final int MOST_REDIRECTS = 100;
        private static final String CLIENT_NAME_RULE = "give ASCII letters, digits and marks without spaces";

        private String host = "localhost";
        private int port = DEFAULT_PORT;
        private RedisServers.@Nullable Sentinels sentinels;
        private RedisServers.@Nullable Cluster cluster;
        private int database;
        private @Nullable String username;
        private @Nullable String password;
        private String clientName = "jobqueue";
        private Duration commandTimeout = Duration.ofSeconds(2);
        private @Nullable Duration connectTimeout;
        private int maxRedirects = 5;
        private int poolMaxTotal = 16;
        private Duration poolMaxWait = Duration.ofSeconds(2);
        private @Nullable SSLSocketFactory sslSocketFactory;
        private String @Nullable [] protocols;
        private String @Nullable [] cipherSuites;
        private boolean verifyHostname = true;
        private boolean acceptEviction;
        private boolean acceptPlainText;
        private @Nullable Consumer<DefaultJedisClientConfig.Builder> customizer;

        private Builder() {}

        /**
         * Takes host, port, database, user, password and TLS from a URL; see {@link RedisConnection#of}.
         *
         * @throws InvalidJobException when the URL has another form
         */
        public Builder url(String url) {
            RedisUrl parsed = RedisUrl.parse(url);
            host(parsed.host());
            port(parsed.port());
            if (parsed.hasUser()) {
                username(parsed.username());
                password(parsed.password());
            }
            if (parsed.database() != null) {
                database(parsed.database());
            }
            if (parsed.tls()) {
                ssl((SSLSocketFactory) SSLSocketFactory.getDefault(), true);
            }
            return this;
        }

        /** Sets the host name or address. */
        public Builder host(String host) {
            this.host = Values.require("redis host", host, "give a host name or address");
            return this;
        }

        /** Sets the port, 1 to 65,535. */
        public Builder port(int port) {
            if (port < 1 || port > 65_535) {
                throw new InvalidJobException("redis port " + port + ": must be 1 to 65535");
            }
            this.port = port;
            return this;
        }

        /** Finds the master by asking Sentinels that want no password; see the other method of this name. */
        public Builder sentinel(String master, Collection<String> nodes) {
            return sentinel(master, nodes, null, null);
        }

        /**
         * Finds the master by asking Sentinels; host and port are not used then. TLS, when it is set, is used to them
         * too.
         *
         * @param master the name the Sentinels know the master by
         * @param nodes {@code host:port} of some or all Sentinels, {@value #DEFAULT_SENTINEL_PORT} when a port is left
         *     out
         * @param username the ACL user of the Sentinels themselves; null for their default user
         * @param password the password of the Sentinels themselves; null for none
         * @throws InvalidJobException when one of them has another form, or none is given
         */
        public Builder sentinel(
                String master, Collection<String> nodes, @Nullable String username, @Nullable String password) {
            sentinels = new RedisServers.Sentinels(
                    Names.require("redis sentinel master", master),
                    RedisNode.parse("redis sentinel node", nodes, DEFAULT_SENTINEL_PORT),
                    username,
                    password);
            return this;
        }

        /**
         * Connects to a cluster; host and port are not used then.
         *
         * @param seeds {@code host:port} of some of its nodes, which name the others; {@value #DEFAULT_PORT} when a port
         *     is left out
         * @throws InvalidJobException when one of them has another form, or none is given
         */
        public Builder cluster(Collection<String> seeds) {
            cluster = new RedisServers.Cluster(RedisNode.parse("redis cluster node", seeds, DEFAULT_PORT));
            return this;
        }

        /** Sets the number of the database, zero or more. */
        public Builder database(int database) {
            if (database < 0) {
                throw new InvalidJobException("redis database " + database + ": must be zero or more");
            }
            this.database = database;
            return this;
        }

        /** Sets the ACL user; null for the default user. */
        public Builder username(@Nullable String username) {
            this.username = username;
            return this;
        }

        /** Sets the password; null for none. */
        public Builder password(@Nullable String password) {
            this.password = password;
            return this;
        }

        /**
         * Sets the name the connections carry in {@code CLIENT LIST}.
         *
         * @param clientName letters, digits and marks of ASCII without a space: Redis takes no others
         * @throws InvalidJobException when it is empty or holds another character
         */
        public Builder clientName(String clientName) {
            String name = Values.require("redis client name", clientName, CLIENT_NAME_RULE);
            if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
                throw new InvalidJobException("redis client name '" + Names.shown(name)
                        + "': is one that Redis refuses; " + CLIENT_NAME_RULE);
            }
            this.clientName = name;
            return this;
        }

        /**
         * Sets how long the answer to a command may take, and connecting unless {@link #connectTimeout} says otherwise.
         *
         * @param commandTimeout a millisecond to an hour
         * @throws InvalidJobException when it is out of bounds
         */
        public Builder commandTimeout(Duration commandTimeout) {
            this.commandTimeout = bounded("redis command timeout", commandTimeout);
            return this;
        }

        /**
         * Sets how long connecting may take.
         *
         * @param connectTimeout a millisecond to an hour
         * @throws InvalidJobException when it is out of bounds
         */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = bounded("redis connect timeout", connectTimeout);
            return this;
        }

        private static Duration bounded(String what, Duration timeout) {
            Durations.requirePositive(what, timeout);
            if (timeout.compareTo(LONGEST_COMMAND) > 0) {
                throw new InvalidJobException(what + " " + timeout + ": is too long; give at most " + LONGEST_COMMAND);
            }
            return timeout;
        }

        /**
         * Sets how often a call may be redirected by a cluster.
         *
         * @param maxRedirects 1 to 100
         * @throws InvalidJobException when it is out of bounds
         */
        public Builder maxRedirects(int maxRedirects) {
            if (maxRedirects < 1 || maxRedirects > MOST_REDIRECTS) {
                throw new InvalidJobException("redis redirects " + maxRedirects + ": must be 1 to " + MOST_REDIRECTS);
            }
            this.maxRedirects = maxRedirects;
            return this;
        }

        /**
         * Adds a step that has the last word on how Jedis connects to the servers of the jobs, for what has no method
         * here: credentials that change, a mapping of addresses, another protocol; TLS is set by {@link #ssl}. It is called for every pool and every
         * waiting connection, must give all of them the same, and is not called for Sentinels.
         *
         * @param step runs after those added before
         */
        public Builder customize(Consumer<DefaultJedisClientConfig.Builder> step) {
            Objects.requireNonNull(step, "step");
            customizer = customizer == null ? step : customizer.andThen(step);
            return this;
        }

        /** Sets how many connections the application's calls may use at once, at least 1. */
        public Builder poolMaxTotal(int poolMaxTotal) {
            if (poolMaxTotal < 1) {
                throw new InvalidJobException("redis pool " + poolMaxTotal + ": must be at least 1");
            }
            this.poolMaxTotal = poolMaxTotal;
            return this;
        }

        /** Sets how long a call of the application waits for a connection of the pool. */
        public Builder poolMaxWait(Duration poolMaxWait) {
            this.poolMaxWait = Durations.requirePositive("redis pool wait", poolMaxWait);
            return this;
        }

        /**
         * Uses TLS.
         *
         * @param factory makes the sockets, with the trust and keys it was built with
         * @param verifyHostname whether the server's certificate must name the host
         */
        public Builder ssl(SSLSocketFactory factory, boolean verifyHostname) {
            this.sslSocketFactory = Objects.requireNonNull(factory, "factory");
            return verifyHostname(verifyHostname);
        }

        /** Returns whether it uses TLS so far. */
        public boolean usesTls() {
            return sslSocketFactory != null;
        }

        /**
         * Sets what TLS may use, beside what the sockets offer by themselves.
         *
         * @param protocols names like {@code TLSv1.3}; null for those of the sockets
         * @param cipherSuites their standard names; null for those of the sockets
         */
        public Builder tls(String @Nullable [] protocols, String @Nullable [] cipherSuites) {
            this.protocols = protocols == null ? null : protocols.clone();
            this.cipherSuites = cipherSuites == null ? null : cipherSuites.clone();
            return this;
        }

        /** Sets whether the certificate of a server that is reached over TLS must name the host. */
        public Builder verifyHostname(boolean verifyHostname) {
            this.verifyHostname = verifyHostname;
            return this;
        }

        private SSLParameters sslParameters() {
            SSLParameters parameters = new SSLParameters(cipherSuites, protocols);
            if (verifyHostname) {
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
            }
            return parameters;
        }

        /**
         * Sets whether the store works on servers that delete keys when their memory is full, which is any
         * {@code maxmemory-policy} but {@code noeviction}. Otherwise it refuses them with an
         * {@link io.jobqueue.UnsuitableStoreException}. No key of the jobs has an expiry, so a policy that begins with
         * {@code volatile-} costs no job; any other may.
         *
         * @param acceptEviction whether such servers are taken
         */
        public Builder acceptEviction(boolean acceptEviction) {
            this.acceptEviction = acceptEviction;
            return this;
        }

        /**
         * Sets whether a store keeps quiet about servers on other machines that it speaks to without TLS. Otherwise it warns
         * of them when it first reaches them.
         *
         * @param acceptPlainText whether nobody else is on that network
         */
        public Builder acceptPlainText(boolean acceptPlainText) {
            this.acceptPlainText = acceptPlainText;
            return this;
        }

        /**
         * Returns the connection. Nothing is connected yet.
         *
         * @throws InvalidJobException when it names both Sentinels and a cluster, or a database of a cluster
         */
        public RedisConnection build() {
            return new RedisConnection(this);
        }
    }
}
