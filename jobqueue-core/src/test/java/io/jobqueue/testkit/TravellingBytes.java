package io.jobqueue.testkit;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** Bytes on their way to a socket. What is still on its way when the socket is closed is lost. */
final class TravellingBytes implements AutoCloseable {

    private record Block(long due, byte[] bytes) {}

    private static final byte[] END = {};

    private final Duration delay;
    private final Socket to;
    private final BlockingQueue<Block> blocks = new LinkedBlockingQueue<>();

    TravellingBytes(Duration delay, Socket to) {
        this.delay = delay;
        this.to = to;
        if (!delay.isZero()) {
            Thread arrival = new Thread(this::arrive, "tcp-proxy-arrival");
            arrival.setDaemon(true);
            arrival.start();
        }
    }

    void send(byte[] block, int length) throws IOException {
        if (delay.isZero()) {
            to.getOutputStream().write(block, 0, length);
        } else {
            blocks.add(new Block(System.nanoTime() + delay.toNanos(), Arrays.copyOf(block, length)));
        }
    }

    private void arrive() {
        try {
            for (Block next = blocks.take(); next.bytes().length > 0; next = blocks.take()) {
                for (long rest = next.due() - System.nanoTime(); rest > 0; rest = next.due() - System.nanoTime()) {
                    LockSupport.parkNanos(rest);
                }
                to.getOutputStream().write(next.bytes());
            }
        } catch (IOException e) {
            // a cut line is what the proxy is for
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        blocks.add(new Block(0, END));
    }
}
