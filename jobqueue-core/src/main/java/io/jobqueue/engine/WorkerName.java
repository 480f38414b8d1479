package io.jobqueue.engine;

import io.jobqueue.Attempt;
import io.jobqueue.Names;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people call the workers of one engine. */
final class WorkerName {

    private static final int LONGEST_HOST = 36;
    private static final int RANDOM = 6;

    private WorkerName() {}

    /** Returns {@code name} when it can be the name of a worker. */
    static String require(@Nullable String name) {
        return Names.require("worker name", name, Attempt.MAX_WORKER);
    }

    /** Returns host, process and a few random characters, so that no two engines are called alike. */
    static String ofThisProcess() {
        return of(host(System.getenv()), ProcessHandle.current().pid());
    }

    /** Returns a name whatever the host is called. */
    static String of(String host, long process) {
        String printable = host.replaceAll("[^A-Za-z0-9._-]", "_");
        String shown = printable.substring(0, Math.min(LONGEST_HOST, printable.length()));
        return require(shown + "-" + process + "-" + Nonce.next().substring(0, RANDOM));
    }

    private static String host(Map<String, String> environment) {
        String told = environment.getOrDefault("HOSTNAME", environment.getOrDefault("COMPUTERNAME", ""));
        if (!told.isBlank()) {
            return told;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost"; // the host does not know its own name
        }
    }
}
