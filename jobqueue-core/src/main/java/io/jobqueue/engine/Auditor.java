package io.jobqueue.engine;

import io.jobqueue.store.Audit;
import io.jobqueue.store.AuditRequest;
import io.jobqueue.store.Partition;
import io.jobqueue.store.Term;
import java.time.Duration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks through a queue, a little at a time, for what outside hands have broken. Confined to its loop. */
final class Auditor {

    private static final Logger log = LoggerFactory.getLogger(Auditor.class);

    private static final Duration WHILE_SOUND = Duration.ofSeconds(30);
    private static final Duration WHILE_REPAIRING = Duration.ofMillis(5);

    private final BiFunction<Term, AuditRequest, Audit> transition;
    private final JobRules rules;
    private final Duration lease;
    private final Jitter jitter;
    private @Nullable String cursor;
    private int putBack;
    private int failed;
    private int mended;

    Auditor(BiFunction<Term, AuditRequest, Audit> transition, JobRules rules, Duration lease, Jitter jitter) {
        this.transition = transition;
        this.rules = rules;
        this.lease = lease;
        this.jitter = jitter;
    }

    Duration audit(Term term) {
        Audit audit = transition.apply(term, new AuditRequest(cursor, lease, rules.failedRetention()));
        cursor = audit.next();
        putBack += audit.putBack();
        failed += audit.failed();
        mended += audit.mended();
        if (cursor == null) {
            report(term.queue());
        }
        return cursor != null && audit.urgent() ? WHILE_REPAIRING : jitter.around(WHILE_SOUND);
    }

    private void report(String queue) {
        if (putBack + failed + mended > 0) {
            log.warn(
                    "Queue '{}': something else than jobqueue has changed it; {} lost jobs wait again, {} that may have "
                            + "run are failed, {} entries and counters were mended",
                    Partition.named(queue),
                    putBack,
                    failed,
                    mended);
        }
        putBack = 0;
        failed = 0;
        mended = 0;
    }
}
