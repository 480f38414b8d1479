package io.jobqueue.store.walk;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Something that must happen now and then in walks that are worth their time.
 *
 * @param name what it is, for the report
 * @param kind the kind of step whose answer shows it; empty when it shows in the queue after any step
 * @param pattern what to find there
 */
record Sighting(String name, String kind, Pattern pattern) {

    /** All of them; a new operation adds its own. */
    static final List<Sighting> EXPECTED = List.of(
            answer("a job is stored", "enqueue", "QUEUED"),
            answer("an id is held by a waiting job", "enqueue", "DUPLICATE WAITING"),
            answer("an id is held by a scheduled job", "enqueue", "DUPLICATE SCHEDULED"),
            answer("an id is held by a running job", "enqueue", "DUPLICATE ACTIVE"),
            answer("an id is held by a failed job", "enqueue", "DUPLICATE FAILED"),
            answer("an id is answered with its result", "enqueue", "COMPLETED COMPLETED \\{"),
            answer("a key is held until its job ends", "enqueue", "by its key UNTIL_TERMINAL(;|$)"),
            answer("a key is held for its window", "enqueue", "by its key WINDOW"),
            answer("a key is held for its window after its job is gone", "enqueue", "DUPLICATE null null by its key"),
            answer("a key is held until its job ends or its time", "enqueue", "by its key UNTIL_TERMINAL_OR_TTL"),
            answer(
                    "a debounced job is taken over",
                    "enqueue",
                    "DUPLICATE (WAITING|SCHEDULED) null by its key DEBOUNCE"),
            answer("a claim completes", "exchange", "Complete true"),
            answer("a claim is retried", "exchange", "Retry true"),
            answer("a claim fails", "exchange", "Fail true"),
            answer("a claim is cancelled", "exchange", "Cancel true"),
            answer("a claim is released", "exchange", "Release true"),
            answer("a claim is handed back", "exchange", "HandBack true"),
            answer("a claim is put off", "exchange", "Snooze true"),
            answer("a stale token completes nothing", "exchange", "Complete false"),
            answer("a stale token retries nothing", "exchange", "Retry false"),
            answer("a stale token gives nothing back", "exchange", "(Release|HandBack|Snooze) false"),
            answer("a session is lost", "exchange", "^lost"),
            answer("several jobs are claimed at once", "exchange", "handBacks \\d+ since \\S+; "),
            answer("a retried job is claimed again", "exchange", "attempt [2-9]"),
            answer("a job is claimed after a crash", "exchange", "crashes [12] handBacks"),
            answer("a job is claimed after a hand-back", "exchange", "handBacks [1-9]"),
            answer("a lease is renewed", "renew", "^true"),
            answer("a lease cannot be renewed", "renew", "^false"),
            answer("a renewal tells of a cancel", "renew", "ClaimToken"),
            answer("a claim nobody knows of is given back", "reconcile", "^[1-9]"),
            answer("a job is cancelled before it starts", "cancel", "^CANCELLED$"),
            answer("the cancel of a running job is requested", "cancel", "^REQUESTED$"),
            answer("a job that has ended is not cancelled", "cancel", "^ENDED$"),
            answer("a job that is not there is not cancelled", "cancel", "^NOT_FOUND$"),
            answer("progress is stored", "progress", "true"),
            answer("a stale token stores no progress", "progress", "false"),
            answer("attributes are stored", "attributes", "STORED"),
            answer("log lines are stored", "log", "^true"),
            answer("a stale token logs nothing", "log", "^false"),
            answer("a candidate leads", "lead", "Term\\["),
            answer("a candidate finds another leading", "lead", "Optional.empty"),
            answer("due jobs are promoted", "promote-due", "promoted=[1-9]"),
            answer("a stale leader promotes nothing", "promote-due", "^stale$"),
            answer("a crashed job waits again", "reap", "state=WAITING"),
            answer("the third crash fails a job", "reap", "state=FAILED"),
            answer("a crash ends a job that was to be cancelled", "reap", "state=CANCELLED"),
            answer("a stale leader reaps nothing", "reap", "^stale$"),
            answer("jobs are purged", "purge", "^[1-9]"),
            answer("a stale leader purges nothing", "purge", "^stale$"),
            answer("a job is removed", "remove", "^REMOVED$"),
            answer("a running job is not removed", "remove", "^ACTIVE$"),
            answer("a job is replayed", "replay", "true"),
            answer("a job that has not ended is not replayed", "replay", "false"),
            answer("a scheduled job is promoted", "promote-now", "true"),
            answer("a job is changed", "change", "true"),
            answer("a job that has started is not changed", "change", "false"),
            answer("a retention is changed", "retain", "true"),
            answer("a queue is paused", "pause", "^true"),
            answer("a type is paused", "pause", "type-"),
            answer("a queue is drained", "drain", "^[1-9]"),
            answer("old jobs are cleaned", "clean", "^[1-9]"),
            answer("a worker is paused", "pause", "worker-"),
            answer("a paused worker claims nothing", "exchange", "paused true"),
            answer("a search finds jobs", "search", "job-"),
            answer("an audit finds a queue sound", "audit", "^sound$"),
            answer("a page lists jobs", "list", "job-"),
            answer("a queue is obliterated", "obliterate", "true"),
            answer("a queue with running jobs is not obliterated", "obliterate", "false"),
            state("a running job has progress", " ACTIVE .*progress Progress"),
            state("a job that failed waits with its error", " (WAITING|SCHEDULED) .*error JobError"),
            state("a failed job keeps its error", " FAILED .*error JobError"),
            state("a completed job keeps its result", " COMPLETED .*result \\{"));

    private static Sighting answer(String name, String kind, String pattern) {
        return new Sighting(name, kind, Pattern.compile(pattern));
    }

    private static Sighting state(String name, String pattern) {
        return answer(name, "", pattern);
    }

    boolean isIn(String taken, String answer, String everything) {
        return kind.isEmpty()
                ? pattern.matcher(everything).find()
                : kind.equals(taken) && pattern.matcher(answer).find();
    }
}
