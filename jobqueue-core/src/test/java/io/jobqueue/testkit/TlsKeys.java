package io.jobqueue.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A certificate authority of a test's own, and the keys it has issued: for a server on the loopback interface, for one
 * on another host, and for a client. Made by the JDK's keytool, so nothing has to be installed.
 */
public final class TlsKeys implements AutoCloseable {

    /** Who a certificate was issued to. */
    public enum Holder {
        AUTHORITY("ca", "bc:critical=ca:true"),
        SERVER("server", "san=dns:localhost,ip:127.0.0.1"),
        SERVER_ELSEWHERE("elsewhere", "san=dns:redis.example.org"),
        CLIENT("client", "ku=digitalSignature");

        private final String alias;
        private final String extension;

        Holder(String alias, String extension) {
            this.alias = alias;
            this.extension = extension;
        }
    }

    private static final String PASSWORD = "for-tests";
    private static final int LINE = 64;

    private final Path directory;
    private final KeyStore keys;

    private TlsKeys(Path directory) throws GeneralSecurityException, IOException {
        this.directory = directory;
        for (Holder holder : Holder.values()) {
            issue(holder);
        }
        keys = read(store());
        for (Holder holder : Holder.values()) {
            Files.writeString(
                    certificate(holder),
                    pem("CERTIFICATE", certificateOf(holder).getEncoded()));
            Files.writeString(
                    key(holder),
                    pem(
                            "PRIVATE KEY",
                            keys.getKey(holder.alias, PASSWORD.toCharArray()).getEncoded()));
        }
    }

    /** Makes an authority and its keys. */
    public static TlsKeys make() {
        try {
            return new TlsKeys(Files.createTempDirectory("jobqueue-keys-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("keys for tests", e);
        }
    }

    /** Returns the PEM file of a certificate. */
    public Path certificate(Holder holder) {
        return directory.resolve(holder.alias + ".crt");
    }

    /** Returns the PEM file of a private key. */
    public Path key(Holder holder) {
        return directory.resolve(holder.alias + ".key");
    }

    /** Returns sockets of a client that trusts this authority, without a certificate. */
    public SSLSocketFactory client() {
        return context(null).getSocketFactory();
    }

    /** Returns sockets of a client that trusts this authority and has a certificate of it. */
    public SSLSocketFactory clientWithCertificate() {
        return clientContext().getSocketFactory();
    }

    /** Returns what makes such sockets. */
    public SSLContext clientContext() {
        return context(Holder.CLIENT);
    }

    private SSLContext context(@Nullable Holder own) {
        try {
            KeyStore trusted = empty();
            trusted.setCertificateEntry("ca", certificateOf(Holder.AUTHORITY));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            KeyStore shown = empty();
            if (own != null) {
                shown.setKeyEntry(
                        own.alias,
                        keys.getKey(own.alias, PASSWORD.toCharArray()),
                        PASSWORD.toCharArray(),
                        keys.getCertificateChain(own.alias));
            }
            KeyManagerFactory key = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            key.init(shown, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(key.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("sockets for tests", e);
        }
    }

    private void issue(Holder holder) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store().toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-alias",
                holder.alias,
                "-dname",
                "CN=" + holder.alias + ", O=" + directory.getFileName(),
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2"));
        command.addAll(List.of("-ext", holder.extension));
        if (holder != Holder.AUTHORITY) {
            command.addAll(List.of("-signer", Holder.AUTHORITY.alias));
        }
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
        try {
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("keytool made no key for " + holder + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while keytool made a key", e);
        }
    }

    private Path store() {
        return directory.resolve("keys.p12");
    }

    private static KeyStore read(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(file)) {
            store.load(stream, PASSWORD.toCharArray());
        }
        return store;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private Certificate certificateOf(Holder holder) throws GeneralSecurityException {
        return Objects.requireNonNull(keys.getCertificate(holder.alias), "a certificate of " + holder);
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + kind + "-----\n";
    }

    @Override
    public void close() {
        for (Holder holder : Holder.values()) {
            delete(certificate(holder));
            delete(key(holder));
        }
        delete(store());
        delete(directory);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
