package io.jobqueue.spring.autoconfigure;

import io.jobqueue.store.redis.RedisConnection;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;

/** The TLS that {@code jobqueue.store.redis.ssl} asks for. */
record RedisTls(JobQueueProperties.Ssl ssl, @Nullable SslBundles bundles) {

    /**
     * Completes a connection.
     *
     * @throws JobStoreStartException when there is no such bundle
     */
    void applyTo(RedisConnection.Builder connection) {
        if (ssl.bundle() != null) {
            use(bundle(ssl.bundle()), connection);
        } else if (ssl.enabled() && !connection.usesTls()) {
            use(SslBundle.systemDefault(), connection);
        }
        connection.verifyHostname(ssl.verifyHostname());
    }

    /** Makes a connection use TLS as a bundle says. */
    static void use(SslBundle bundle, RedisConnection.Builder connection) {
        SslOptions options = bundle.getOptions();
        connection
                .ssl(bundle.createSslContext().getSocketFactory(), true)
                .tls(options.getEnabledProtocols(), options.getCiphers());
    }

    private SslBundle bundle(String name) {
        try {
            if (bundles == null) {
                throw new NoSuchSslBundleException(name, "There are no SSL bundles");
            }
            return bundles.getBundle(name);
        } catch (NoSuchSslBundleException e) {
            throw new JobStoreStartException(
                    "jobqueue.store.redis.ssl.bundle names the SSL bundle '" + name + "', which there is not.",
                    "Define it under spring.ssl.bundle, or correct the name.",
                    e);
        }
    }
}
