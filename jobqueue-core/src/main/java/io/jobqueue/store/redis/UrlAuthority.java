package io.jobqueue.store.redis;

import java.net.URI;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a URL that says who connects where. Other than {@link URI} it takes host names with an underscore,
 * which networks of containers have.
 *
 * @param userInfo user and password as written, still percent-encoded; null when there is none
 * @param host the host name or address; null when there is none
 * @param port the port; -1 when there is none
 */
record UrlAuthority(@Nullable String userInfo, @Nullable String host, int port) {

    private static final Pattern FORM =
            Pattern.compile("(?:(?<user>[^@]*)@)?(?<host>[A-Za-z0-9._-]+)(?::(?<port>[0-9]{0,9}))?");

    static UrlAuthority of(URI uri) {
        if (uri.getHost() != null) {
            return new UrlAuthority(uri.getRawUserInfo(), uri.getHost(), uri.getPort());
        }
        Matcher parts = FORM.matcher(Objects.toString(uri.getRawAuthority(), ""));
        if (!parts.matches()) {
            return new UrlAuthority(null, null, -1);
        }
        String port = Objects.toString(parts.group("port"), "");
        return new UrlAuthority(parts.group("user"), parts.group("host"), port.isEmpty() ? -1 : Integer.parseInt(port));
    }
}
