package io.jobqueue.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A line to a server that can be broken in ways a real network breaks: answers swallowed after the request was
 * carried out, silence, all connections cut. Closing it cuts everything.
 */
public final class TcpProxy implements AutoCloseable {

    private enum Line {
        WHOLE,
        NEXT_ANSWER_LOST,
        ANSWERS_LOST,
        SILENT,
        CLOSED
    }

    private static final int BLOCK = 16_384;

    private final Duration delay;
    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile int target;
    private volatile Line line = Line.WHOLE;

    private TcpProxy(int target, Duration delay) {
        this.target = target;
        this.delay = delay;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("accept", this::accept);
    }

    /** Listens on a free loopback port for a server on another. */
    public static TcpProxy to(int port) {
        return new TcpProxy(port, Duration.ZERO);
    }

    /** Listens on a free loopback port for a server far away: every byte arrives as much later, in both directions. */
    public static TcpProxy delaying(int port, Duration delay) {
        return new TcpProxy(port, delay);
    }

    /** Returns the loopback port to connect to. */
    public int port() {
        return listening.getLocalPort();
    }

    /** From now on requests arrive, and the first byte of an answer cuts its connection instead of coming back. */
    public void loseAnswers() {
        line = Line.ANSWERS_LOST;
    }

    /** The next answer cuts its connection instead of coming back; then everything is carried again. */
    public void loseNextAnswer() {
        line = Line.NEXT_ANSWER_LOST;
    }

    /** From now on nothing gets through in either direction and nothing is cut: a half-open line. */
    public void fallSilent() {
        line = Line.SILENT;
    }

    /** Cuts everything, and from now on every new connection at once, as a relay does whose server is away. */
    public void shut() {
        line = Line.CLOSED;
        cut();
    }

    /** From now on new connections lead to the server on this port; those that are open stay where they are. */
    public void lead(int port) {
        target = port;
    }

    /** Returns how many connections were asked for since the start. */
    public int connections() {
        return connections.get();
    }

    /** Carries everything again. Connections that lost bytes are cut. */
    public void heal() {
        boolean broken = line != Line.WHOLE;
        line = Line.WHOLE;
        if (broken) {
            cut();
        }
    }

    /** Cuts every connection. */
    public void cut() {
        open.forEach(TcpProxy::closeQuietly);
        open.clear();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                connections.incrementAndGet();
                if (line == Line.CLOSED) {
                    closeQuietly(client);
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                open.add(client);
                open.add(server);
                start("requests", () -> carry(client, server, false));
                start("answers", () -> carry(server, client, true));
            }
        } catch (IOException e) {
            cut();
        }
    }

    private void carry(Socket from, Socket to, boolean answers) {
        byte[] block = new byte[BLOCK];
        try (TravellingBytes travelling = new TravellingBytes(delay, to)) {
            InputStream in = from.getInputStream();
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                if (line == Line.ANSWERS_LOST && answers) {
                    break;
                }
                if (line == Line.NEXT_ANSWER_LOST && answers) {
                    line = Line.WHOLE;
                    break;
                }
                if (line != Line.SILENT) {
                    travelling.send(block, read);
                }
            }
        } catch (IOException e) {
            // a cut line is what this class is for
        } finally {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void start(String role, Runnable work) {
        Thread thread = new Thread(work, "tcp-proxy-" + role);
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            cut();
        }
    }
}
