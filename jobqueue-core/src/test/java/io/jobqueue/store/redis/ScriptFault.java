package io.jobqueue.store.redis;

import java.util.function.UnaryOperator;

/** One wrong line in one script. */
enum ScriptFault {
    ANY_TOKEN_SETTLES("exchange", "elseif tokens[i] == expected then", "elseif tokens[i] then"),
    A_LEASE_ENDS_A_MILLISECOND_LATE("exchange", "tonumber(deadline) <= now then", "tonumber(deadline) < now then"),
    THE_REAPER_COMES_A_SECOND_EARLY(
            "reap", "'ZRANGEBYSCORE', sessions, '-inf', now)", "'ZRANGEBYSCORE', sessions, '-inf', now + 1000)"),
    A_SETTLED_CLAIM_STAYS("exchange", "redis.call('HDEL', claims, unpack(current))", ""),
    AN_EARLIER_EPOCH_CLAIMS("exchange", "if begun and tonumber(begun) > epoch then", "if false then"),
    A_KEY_OUTLIVES_ITS_JOB("include/ending", "redis.call('HLEN', dedup_of) > 0", "false"),
    A_WINDOW_ENDS_A_SECOND_LATE(
            "include/dedup", "expires > 0 and expires <= now", "expires > 0 and expires + 1000 <= now"),
    A_DEBOUNCED_JOB_KEEPS_ITS_PAYLOAD(
            "enqueue", "redis.call('HSET', jobs, id, string.sub(record, 1, RECORD_SIZE) .. body)", ""),
    LOW_PRIORITIES_GO_FIRST(
            "include/index", "redis.call('ZADD', prioritized, -priority,", "redis.call('ZADD', prioritized, priority,"),
    A_RELEASED_JOB_GOES_TO_THE_END(
            "include/index",
            "  job.since = now\n  redis.call('HSET', marks, id, pack_mark(job))\n  wait_in_place",
            "  job.since = now\n  job.seq = next_sequence(1)\n  redis.call('HSET', marks, id, pack_mark(job))\n  wait_in_place"),
    DUE_JOBS_COME_IN_NO_ORDER(
            "include/promotion",
            "redis.call('ZRANGEBYSCORE', scheduled, '-inf', now, 'WITHSCORES'",
            "redis.call('ZREVRANGEBYSCORE', scheduled, now, '-inf', 'WITHSCORES'"),
    A_RETENTION_ENDS_A_MILLISECOND_LATE("include/reading", "if expires <= now then", "if expires < now then"),
    THE_PURGE_TAKES_WHAT_IS_KEPT("purge", "return expires <= now or expires == NEVER", "return true"),
    A_CANCEL_ENDS_A_RUNNING_JOB("cancel", "local token = redis.call('HGET', claims, id)", "local token = false"),
    A_PAST_LEADER_IS_OBEYED("include/leading", " and tonumber(term[3]) > now", ""),
    A_CRASH_IS_CHARGED(
            "reap", "job.crashes = job.crashes + 1", "job.crashes = job.crashes + 1 job.failures = job.failures + 1"),
    A_HAND_BACK_IS_CHARGED("exchange", "job.handbacks = job.handbacks + (kind", "job.failures = job.failures + (kind"),
    A_SNOOZE_IS_CHARGED("exchange", "if kind == 'R' then", "if kind == 'R' or kind == 'Z' then"),
    A_REPLAYED_JOB_KEEPS_ITS_ATTEMPTS("replay", "job.since = now", "job.since = now job.failures = 1"),
    A_PAUSE_OVERLOOKS_PRIORITIES(
            "exchange",
            "local its_pause = job_type and",
            "local its_pause = job_type and priority_of(records[i], marked[i]) == 0 and"),
    A_RESUMED_JOB_GOES_TO_THE_END(
            "resume",
            "wait_in_place(id, job.seq, job.priority)",
            "job.seq = next_sequence(1) redis.call('HSET', marks, id, pack_mark(job)) wait_at_end(id, job.seq, job.priority)"),
    A_CANCELLED_ENTRY_DELIVERS_THE_NEXT_JOB("cancel", "void(id, job)", ""),
    ANYBODY_LEAVES_NOTES("include/holding", " and redis.call('HGET', claims, id) == session .. fence", ""),
    ANY_TOKEN_COMPLETES_PLAINLY("exchange", "if tokens[i] ~= expected then", "if not tokens[i] then"),
    A_PLAINLY_COMPLETED_CLAIM_STAYS(
            "exchange", "redis.call('HDEL', claims, unpack(ARGV, IDS + 1, IDS + settlements))", ""),
    THE_PLAIN_PATH_OVERLOOKS_DUE_JOBS("exchange", "if due and tonumber(due) <= now then", "if false then"),
    THE_PLAIN_PATH_OVERLOOKS_PAUSES("exchange", "pauses = redis.call('EXISTS', paused, parked) > 0", "pauses = false"),
    A_PLAIN_JOB_REPLACES_ITS_NAMESAKE("enqueue", "all_new and not known[i]", "all_new");

    private final String script;
    private final String right;
    private final String wrong;

    ScriptFault(String script, String right, String wrong) {
        this.script = script;
        this.right = right;
        this.wrong = wrong;
    }

    /** Returns the texts of all scripts with this fault in one of them. */
    UnaryOperator<String> in(StoreClock clock) {
        UnaryOperator<String> texts = RedisScript.texts(clock, false);
        return name -> name.equals(script) ? plant(texts.apply(name)) : texts.apply(name);
    }

    private String plant(String text) {
        if (!text.contains(right)) {
            throw new IllegalStateException(
                    this + ": " + script + ".lua has no line '" + right + "' any more; plant the fault elsewhere");
        }
        return text.replace(right, wrong);
    }
}
