package io.jobqueue.store.redis;

import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Says why a TLS connection did not come about, which stands deep in the causes, and what to do. */
final class TlsAdvice {

    private static final Map<String, String> REMEDIES = Map.of(
            "No subject alternative",
            "connect by a name that the certificate of the server has, or have one issued for this host",
            "No name matching",
            "connect by a name that the certificate of the server has, or have one issued for this host",
            "unable to find valid certification path",
            "trust the authority that issued the certificate of the server, by the trust store of the SSL bundle or"
                    + " SSLSocketFactory",
            "certificate_required",
            "the server wants a certificate of the client: give one by the key store of the SSL bundle or"
                    + " SSLSocketFactory",
            "bad_certificate",
            "the server does not take the certificate of the client: give one by the key store of the SSL bundle or"
                    + " SSLSocketFactory that an authority of the server's issued",
            "unknown_ca",
            "the server does not know who issued the certificate of the client: give one that an authority of the"
                    + " server's issued",
            "Unsupported or unrecognized SSL message",
            "the server speaks no TLS on this port: give its TLS port, or redis:// for plain text");

    private TlsAdvice() {}

    /** Returns what to add to the message of a failed connection over TLS; empty when TLS is not to blame. */
    static String to(Throwable failure) {
        return causes(failure).anyMatch(SSLException.class::isInstance) ? explain(root(failure)) : guess(root(failure));
    }

    /** Returns whether the connection failed before a command could be sent. */
    static boolean isHandshake(Throwable failure) {
        return causes(failure).anyMatch(SSLHandshakeException.class::isInstance);
    }

    private static String explain(Throwable root) {
        String message = String.valueOf(root.getMessage());
        String remedy = REMEDIES.entrySet().stream()
                .filter(entry -> message.contains(entry.getKey()))
                .map(entry -> "; " + entry.getValue())
                .findFirst()
                .orElse("");
        return " (TLS: " + message + ")" + remedy;
    }

    /** A server does not always say what it dislikes before it cuts the connection. */
    private static String guess(Throwable root) {
        if (root instanceof ConnectException) {
            return "";
        }
        if (root instanceof SocketTimeoutException) {
            return "; if it never did, a server that speaks no TLS on this port is silent like that: give its TLS port, or"
                    + " redis:// for plain text";
        }
        return root instanceof SocketException
                        || String.valueOf(root.getMessage()).contains("end of stream")
                ? "; if it never did, a server that wants a certificate of the client cuts the connection like that: give"
                        + " one by the key store of the SSL bundle or SSLSocketFactory"
                : "";
    }

    private static Throwable root(Throwable failure) {
        return causes(failure).reduce(failure, (above, below) -> below);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
