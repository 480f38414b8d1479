package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.Durations;
import io.jobqueue.InvalidJobException;
import io.jobqueue.Names;
import io.jobqueue.Values;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * How to reach one Redis or Valkey server. Immutable; {@link #toString()} and {@link #describe()} never show
 * the password.
 */
public final class RedisConnection {

    /** The port of a Redis that names none. */
    public static final int DEFAULT_PORT = 6379;

    final String host;
    final int port;
    final int database;
    final @Nullable String username;
    final @Nullable String password;
    final String clientName;
    final Duration commandTimeout;
    final int poolMaxTotal;
    final Duration poolMaxWait;
    final @Nullable SSLSocketFactory sslSocketFactory;
    final @Nullable SSLParameters sslParameters;

    private RedisConnection(Builder builder) {
        host = builder.host;
        port = builder.port;
        database = builder.database;
        username = builder.username;
        password = builder.password;
        clientName = builder.clientName;
        commandTimeout = builder.commandTimeout;
        poolMaxTotal = builder.poolMaxTotal;
        poolMaxWait = builder.poolMaxWait;
        sslSocketFactory = builder.sslSocketFactory;
        sslParameters = builder.sslParameters;
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

    /** Returns host, port and database as {@code host:port/database}. */
    public String describe() {
        return host + ":" + port + "/" + database;
    }

    /** Returns the user of the connection, or {@code default}. */
    public String user() {
        return username != null ? username : "default";
    }

    /** Returns whether the connection uses TLS. */
    public boolean usesTls() {
        return sslSocketFactory != null;
    }

    @Override
    public String toString() {
        return (usesTls() ? "rediss://" : "redis://") + describe();
    }

    /** Collects a connection. Not thread-safe. */
    public static final class Builder {

        private static final Duration LONGEST_COMMAND = Duration.ofHours(1);
        private static final String CLIENT_NAME_RULE = "give ASCII letters, digits and marks without spaces";

        private String host = "localhost";
        private int port = DEFAULT_PORT;
        private int database;
        private @Nullable String username;
        private @Nullable String password;
        private String clientName = "jobqueue";
        private Duration commandTimeout = Duration.ofSeconds(2);
        private int poolMaxTotal = 16;
        private Duration poolMaxWait = Duration.ofSeconds(2);
        private @Nullable SSLSocketFactory sslSocketFactory;
        private @Nullable SSLParameters sslParameters;

        private Builder() {}

        /**
         * Takes host, port, database, user, password and TLS from a URL; see {@link RedisConnection#of}.
         *
         * @throws InvalidJobException when the URL has another form
         */
        public Builder url(String url) {
            Values.require("redis url", url, "give one such as redis://host:6379");
            URI uri = parse(url.contains("://") ? url : "redis://" + url);
            String scheme = Objects.toString(uri.getScheme(), "");
            if (!scheme.equals("redis") && !scheme.equals("rediss")) {
                throw wrongUrl("its scheme is neither redis nor rediss");
            }
            UrlAuthority authority = UrlAuthority.of(uri);
            if (authority.host() == null) {
                throw wrongUrl("it names no host");
            }
            host(authority.host());
            port(authority.port() < 0 ? DEFAULT_PORT : authority.port());
            takeUser(authority.userInfo());
            takeDatabase(uri.getPath());
            if (scheme.equals("rediss")) {
                ssl((SSLSocketFactory) SSLSocketFactory.getDefault(), true);
            }
            return this;
        }

        private static URI parse(String url) {
            try {
                return new URI(url);
            } catch (URISyntaxException e) {
                throw wrongUrl(e.getReason() + " at position " + e.getIndex());
            }
        }

        private static InvalidJobException wrongUrl(String why) {
            return new InvalidJobException("redis url: " + why
                    + "; write redis://user:password@host:port/database, rediss:// for TLS, or host:port");
        }

        private void takeUser(@Nullable String userInfo) {
            if (userInfo == null) {
                return;
            }
            int colon = userInfo.indexOf(':');
            String user = colon < 0 ? "" : decoded(userInfo.substring(0, colon));
            username(user.isEmpty() ? null : user);
            password(decoded(userInfo.substring(colon + 1)));
        }

        private static String decoded(String part) {
            try {
                return URLDecoder.decode(part.replace("+", "%2B"), UTF_8);
            } catch (IllegalArgumentException e) {
                throw wrongUrl("user or password is not percent-encoded as it should be");
            }
        }

        private void takeDatabase(@Nullable String path) {
            if (path == null || path.length() <= 1) {
                return;
            }
            try {
                database(Integer.parseInt(path.substring(1)));
            } catch (NumberFormatException e) {
                throw wrongUrl("its database is not a number");
            }
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
         * Sets how long connecting, and the answer to a command, may take.
         *
         * @param commandTimeout a millisecond to an hour
         * @throws InvalidJobException when it is out of bounds
         */
        public Builder commandTimeout(Duration commandTimeout) {
            Durations.requirePositive("redis command timeout", commandTimeout);
            if (commandTimeout.compareTo(LONGEST_COMMAND) > 0) {
                throw new InvalidJobException(
                        "redis command timeout " + commandTimeout + ": is too long; give at most " + LONGEST_COMMAND);
            }
            this.commandTimeout = commandTimeout;
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
            SSLParameters parameters = new SSLParameters();
            if (verifyHostname) {
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
            }
            this.sslSocketFactory = Objects.requireNonNull(factory, "factory");
            this.sslParameters = parameters;
            return this;
        }

        /** Returns the connection. Nothing is connected yet. */
        public RedisConnection build() {
            return new RedisConnection(this);
        }
    }
}
