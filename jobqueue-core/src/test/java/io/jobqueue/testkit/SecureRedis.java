package io.jobqueue.testkit;

import io.jobqueue.store.redis.RedisConnection;

/** A Redis that speaks TLS only, to clients with a certificate only. Closing it stops it and removes the keys. */
public final class SecureRedis implements AutoCloseable {

    private final TlsKeys keys = TlsKeys.make();
    private final RedisServer server = RedisServer.startTls(keys, TlsKeys.Holder.SERVER, true);

    private SecureRedis() {}

    /** Starts one. */
    public static SecureRedis start() {
        return new SecureRedis();
    }

    /** Returns a connection with a certificate and a check of the host name. */
    public RedisConnection connection() {
        return RedisConnection.builder()
                .host("localhost")
                .port(server.port())
                .ssl(keys.clientWithCertificate(), true)
                .customize(TestedProtocol::choose)
                .build();
    }

    @Override
    public void close() {
        server.close();
        keys.close();
    }
}
