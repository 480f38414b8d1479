package io.jobqueue.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisProtocol;

/**
 * How a server lets a test in, for what is not jobs.
 *
 * @param tls whether its only port is one for TLS
 * @param options what the server is started with for it
 * @param config of the test's own connections
 */
record ServerAccess(boolean tls, List<String> options, JedisClientConfig config) {

    static final ServerAccess PLAIN =
            new ServerAccess(false, List.of(), connecting().build());

    /** TLS and nothing else. */
    static ServerAccess tls(TlsKeys keys, TlsKeys.Holder server, boolean clientsNeedCertificates) {
        return new ServerAccess(
                true,
                List.of(
                        "--tls-cert-file",
                        keys.certificate(server).toString(),
                        "--tls-key-file",
                        keys.key(server).toString(),
                        "--tls-ca-cert-file",
                        keys.certificate(TlsKeys.Holder.AUTHORITY).toString(),
                        "--tls-auth-clients",
                        clientsNeedCertificates ? "yes" : "no"),
                connecting()
                        .ssl(true)
                        .sslSocketFactory(keys.clientWithCertificate())
                        .sslParameters(new SSLParameters()) // without a check of the host name, which Jedis 8 makes
                        .build());
    }

    /** An operator who may do all, users with the rules given, and nobody else. */
    static ServerAccess users(String... rules) {
        List<String> options = new ArrayList<>();
        Stream.concat(Stream.of("default off", "operator on >for-tests ~* &* +@all"), Stream.of(rules))
                .forEach(rule -> {
                    options.add("--user");
                    options.addAll(List.of(rule.strip().split(" +", -1)));
                });
        return new ServerAccess(
                false,
                options,
                connecting().user("operator").password("for-tests").build());
    }

    /** Jedis 8 warns of a test's own kind of connection unless it is told to settle for this protocol. */
    private static DefaultJedisClientConfig.Builder connecting() {
        return DefaultJedisClientConfig.builder().protocol(RedisProtocol.RESP2);
    }

    List<String> portOptions(int port) {
        return tls
                ? List.of("--port", "0", "--tls-port", String.valueOf(port))
                : List.of("--port", String.valueOf(port));
    }
}
