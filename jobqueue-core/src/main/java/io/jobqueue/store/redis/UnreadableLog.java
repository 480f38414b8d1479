package io.jobqueue.store.redis;

import io.jobqueue.Names;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells, at most once in ten seconds, of a stored job that a page leaves out. Thread-safe. */
final class UnreadableLog {

    private static final Logger log = LoggerFactory.getLogger(UnreadableLog.class);

    private static final long INTERVAL = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanos;
    private final AtomicLong next;

    UnreadableLog(LongSupplier nanos) {
        this.nanos = nanos;
        next = new AtomicLong(nanos.getAsLong());
    }

    void leftOut(String queue, String jobId, String problem) {
        long now = nanos.getAsLong();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + INTERVAL)) {
            log.warn(
                    "Queue '{}': a page leaves out job '{}', which cannot be read: {}",
                    Names.shown(queue),
                    Names.shown(jobId),
                    problem);
        }
    }
}
