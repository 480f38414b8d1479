package io.jobqueue.engine;

import io.jobqueue.StoreUnavailableException;
import io.jobqueue.UnsuitableStoreException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of failing loops without a flood: all loops of an engine share one, and together they write at most
 * one warning in ten seconds and one line when all is well again. Thread-safe.
 */
final class OutageLog {

    private static final Logger log = LoggerFactory.getLogger(OutageLog.class);

    private final LongSupplier nanos;
    private final LogLimit outages;
    private final LogLimit errors;
    private final Set<Object> failing = new HashSet<>();
    private long since;
    private boolean told;

    OutageLog(LongSupplier nanos) {
        this.nanos = nanos;
        outages = new LogLimit(nanos);
        errors = new LogLimit(nanos);
    }

    /** Notes that a step of {@code part} failed. */
    synchronized void failed(Object part, Throwable cause) {
        if (failing.isEmpty()) {
            since = nanos.getAsLong();
        }
        failing.add(part);
        if (cause instanceof StoreUnavailableException) {
            if (outages.admits()) {
                told = true;
                log.warn("{}: the store does not answer ({}); it is tried again by itself", part, summary(cause));
            }
        } else if (cause instanceof UnsuitableStoreException) {
            if (outages.admits()) {
                told = true;
                log.warn("{}: the store must not keep jobs ({}); it is tried again by itself", part, summary(cause));
            }
        } else if (errors.admits()) {
            told = true;
            log.warn("{}: a step failed; it is tried again by itself", part, cause);
        }
    }

    /** Notes that a step of {@code part} went well after it had failed, or that it has ended. */
    synchronized void recovered(Object part) {
        if (failing.remove(part) && failing.isEmpty() && told) {
            told = false;
            log.info("All is well again after {}", Duration.ofNanos(nanos.getAsLong() - since));
        }
    }

    private static String summary(Throwable cause) {
        return String.valueOf(cause.getMessage());
    }
}
