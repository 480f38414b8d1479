package io.jobqueue.engine;

import org.jspecify.annotations.Nullable;

/**
 * The thread that runs a handler, as long as it does: an interrupt reaches it only then, never the next job
 * on the same thread. Thread-safe.
 */
final class HandlerThread {

    private @Nullable Thread thread;

    synchronized void enter() {
        thread = Thread.currentThread();
    }

    /** Ends the run on the calling thread and takes back an interrupt that came too late for it. */
    synchronized void leave() {
        thread = null;
        Thread.interrupted();
    }

    synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
