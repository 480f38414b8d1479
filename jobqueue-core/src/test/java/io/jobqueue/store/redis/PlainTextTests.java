package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;

class PlainTextTests {

    private static final Map<String, String> NAMES =
            Map.of("redis-1", "192.0.2.1", "tunnel", "127.0.0.1", "localhost", "192.0.2.1");

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.10", "2001:db8::1", "redis-1", "nowhere", "localhost.example.org"})
    void serverElsewhereIsNamedWithWhatToDoAndWithoutThePassword(String host) {
        Optional<String> warning = warning(one -> one.host(host).password("s3cret"), host);

        assertThat(warning)
                .hasValueSatisfying(text -> assertThat(text)
                        .contains(host, ":6379", "plain text")
                        .contains("rediss://", "jobqueue.store.redis.ssl.enabled")
                        .contains("jobqueue.store.redis.accept-plain-text")
                        .doesNotContain("s3cret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost",
                "redis.localhost",
                "127.0.0.1",
                "127.9.8.7",
                "::1",
                "0:0:0:0:0:0:0:1",
                "0.0.0.0",
                "tunnel"
            })
    void serverOnThisMachineIsNotWorthAWord(String host) {
        assertThat(warning(one -> one.host(host), host)).isEmpty();
    }

    @Test
    void tlsIsNotPlainText() {
        SSLSocketFactory sockets = (SSLSocketFactory) SSLSocketFactory.getDefault();

        assertThat(warning(one -> one.ssl(sockets, true), "redis-1")).isEmpty();
        assertThat(warning(one -> one.customize(config -> config.ssl(true)), "redis-1"))
                .isEmpty();
    }

    @Test
    void plainTextThatWasAcceptedIsNotWorthAWord() {
        assertThat(warning(one -> one.acceptPlainText(true), "redis-1")).isEmpty();
    }

    @Test
    void addressThatIsMappedCounts() {
        assertThat(warning(
                        one -> one.customize(config ->
                                config.hostAndPortMapper(server -> new HostAndPort("127.0.0.1", server.getPort()))),
                        "redis-1"))
                .isEmpty();
        assertThat(warning(
                        one -> one.customize(config ->
                                config.hostAndPortMapper(server -> new HostAndPort("192.0.2.1", server.getPort()))),
                        "127.0.0.1"))
                .isPresent();
    }

    @Test
    void fewMastersOfAClusterStandForAll() {
        String[] masters =
                IntStream.rangeClosed(1, 9).mapToObj(last -> "192.0.2." + last).toArray(String[]::new);

        assertThat(warning(one -> one.cluster(List.of("redis-1")), masters))
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("192.0.2.1:6379, 192.0.2.2:6379, 192.0.2.3:6379 and 6 more")
                        .doesNotContain("192.0.2.4"));
    }

    @Test
    void sentinelsAreToldApartByTheirNamesAlone() {
        List<String> nodes = List.of("localhost:26379", "127.0.0.1:26380", "[::1]:26381", "10.0.0.5", "sentinel-2");

        assertThat(warning(one -> one.sentinel("main", nodes), "127.0.0.1"))
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("redis at 10.0.0.5:26379, sentinel-2:26379: ")
                        .doesNotContain("localhost"));
        assertThat(warning(one -> one.sentinel("main", nodes.subList(0, 3)), "127.0.0.1"))
                .isEmpty();
        assertThat(warning(one -> one.sentinel("main", nodes.subList(0, 3)), "192.0.2.1"))
                .isPresent();
    }

    private static Optional<String> warning(Consumer<RedisConnection.Builder> settings, String... reached) {
        RedisConnection.Builder builder = RedisConnection.builder();
        settings.accept(builder);
        return new PlainText(builder.build(), PlainTextTests::resolve)
                .warning(List.of(reached).stream()
                        .map(host -> new HostAndPort(host, 6379))
                        .toList());
    }

    /** Addresses stand for themselves; names are those of the test, and Sentinels are not among them. */
    private static InetAddress[] resolve(String host) throws UnknownHostException {
        if (host.indexOf(':') >= 0 || host.matches("[0-9.]+")) {
            return InetAddress.getAllByName(host);
        }
        assertThat(host).as("a name that was not connected to").doesNotStartWith("sentinel");
        String address = NAMES.get(host);
        if (address == null) {
            throw new UnknownHostException(host);
        }
        return InetAddress.getAllByName(address);
    }
}
