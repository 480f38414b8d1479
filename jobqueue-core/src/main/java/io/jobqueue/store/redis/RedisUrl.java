package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.InvalidJobException;
import io.jobqueue.Values;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a URL says of a server; messages never repeat it, for it may hold a password.
 *
 * @param hasUser whether it names a user or a password at all
 * @param database null when it names none
 */
record RedisUrl(
        boolean tls,
        String host,
        int port,
        boolean hasUser,
        @Nullable String username,
        @Nullable String password,
        @Nullable Integer database) {

    static RedisUrl parse(String url) {
        Values.require("redis url", url, "give one such as redis://host:6379");
        URI uri = uri(url.contains("://") ? url : "redis://" + url);
        String scheme = Objects.toString(uri.getScheme(), "");
        if (!scheme.equals("redis") && !scheme.equals("rediss")) {
            throw wrong("its scheme is neither redis nor rediss");
        }
        UrlAuthority authority = UrlAuthority.of(uri);
        String host = authority.host();
        if (host == null) {
            throw wrong("it names no host");
        }
        int port = authority.port() < 0 ? RedisConnection.DEFAULT_PORT : authority.port();
        String user = authority.userInfo();
        int colon = user == null ? -1 : user.indexOf(':');
        String name = user == null || colon <= 0 ? null : decoded(user.substring(0, colon));
        String password = user == null ? null : decoded(user.substring(colon + 1));
        return new RedisUrl(scheme.equals("rediss"), host, port, user != null, name, password, database(uri.getPath()));
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw wrong(e.getReason() + " at position " + e.getIndex());
        }
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            throw wrong("user or password is not percent-encoded as it should be");
        }
    }

    private static @Nullable Integer database(@Nullable String path) {
        if (path == null || path.length() <= 1) {
            return null;
        }
        try {
            return Integer.valueOf(path.substring(1));
        } catch (NumberFormatException e) {
            throw wrong("its database is not a number");
        }
    }

    private static InvalidJobException wrong(String why) {
        return new InvalidJobException("redis url: " + why
                + "; write redis://user:password@host:port/database, rediss:// for TLS, or host:port");
    }
}
