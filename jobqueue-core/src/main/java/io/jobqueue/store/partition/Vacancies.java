package io.jobqueue.store.partition;

import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.JobLedger;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which partitions were empty when the store was last asked, so that one that is empty for good costs a call now and then
 * instead of one an enqueue. Thread-safe.
 */
final class Vacancies {

    private static final Logger log = LoggerFactory.getLogger(Vacancies.class);

    private static final Duration BELIEVED = Duration.ofSeconds(5);

    private final JobLedger ledger;
    private final LongSupplier nanos;
    private final Map<String, Verdict> verdicts = new ConcurrentHashMap<>();

    Vacancies(JobLedger ledger, LongSupplier nanos) {
        this.ledger = ledger;
        this.nanos = nanos;
    }

    /**
     * Returns whether the partition may hold something: false when it was empty at most five seconds ago, or before it
     * stopped to answer. One caller asks the store, others go on with what was known.
     */
    boolean mayHold(String partition) {
        long now = nanos.getAsLong();
        Verdict last = verdicts.get(partition);
        boolean empty = last != null && last.empty();
        if (last != null && now - last.at() <= BELIEVED.toNanos()) {
            return !empty;
        }
        Verdict asked = new Verdict(empty, now);
        boolean first = last == null
                ? verdicts.putIfAbsent(partition, asked) == null
                : verdicts.replace(partition, last, asked);
        return first ? mayHold(partition, asked) : !empty;
    }

    private boolean mayHold(String partition, Verdict known) {
        try {
            Verdict told = new Verdict(ledger.isEmpty(partition), known.at());
            verdicts.put(partition, told);
            return !told.empty();
        } catch (StoreUnavailableException e) {
            log.debug("The store did not tell whether a partition is empty; what was known counts", e);
            return !known.empty();
        }
    }

    /** @param at when the store was asked, by the monotonic clock */
    private record Verdict(boolean empty, long at) {}
}
