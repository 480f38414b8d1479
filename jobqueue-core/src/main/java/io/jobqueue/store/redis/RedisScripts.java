package io.jobqueue.store.redis;

import java.util.function.UnaryOperator;

/** All scripts, loaded once a store. */
final class RedisScripts {

    final RedisScript enqueue;
    final RedisScript exchange;
    final RedisScript renew;
    final RedisScript reconcile;
    final RedisScript cancel;
    final RedisScript progress;
    final RedisScript attributes;
    final RedisScript log;
    final RedisScript lines;
    final RedisScript history;
    final RedisScript workers;
    final RedisScript watch;
    final RedisScript since;
    final RedisScript promote;
    final RedisScript reap;
    final RedisScript purge;
    final RedisScript audit;
    final RedisScript find;
    final RedisScript search;
    final RedisScript overview;
    final RedisScript counts;
    final RedisScript lead;
    final RedisScript resign;
    final RedisScript forget;
    final RedisScript offer;
    final RedisScript list;
    final RedisScript states;
    final RedisScript holders;
    final RedisScript obliterate;
    final RedisScript clean;
    final RedisScript drain;
    final RedisScript resume;
    final RedisScript pause;
    final RedisScript retain;
    final RedisScript change;
    final RedisScript replay;
    final RedisScript remove;
    final RedisScript rights;

    /** Loads all; {@code include} returns the text of a script, and of what it includes. */
    RedisScripts(UnaryOperator<String> include) {
        enqueue = RedisScript.load("enqueue", include);
        exchange = RedisScript.load("exchange", include);
        renew = RedisScript.load("renew", include);
        reconcile = RedisScript.load("reconcile", include);
        cancel = RedisScript.load("cancel", include);
        progress = RedisScript.load("progress", include);
        attributes = RedisScript.load("attributes", include);
        log = RedisScript.load("log", include);
        lines = RedisScript.load("lines", include);
        history = RedisScript.load("history", include);
        workers = RedisScript.load("workers", include);
        watch = RedisScript.load("watch", include);
        since = RedisScript.load("since", include);
        promote = RedisScript.load("promote", include);
        reap = RedisScript.load("reap", include);
        purge = RedisScript.load("purge", include);
        audit = RedisScript.load("audit", include);
        find = RedisScript.load("find", include);
        search = RedisScript.load("search", include);
        overview = RedisScript.load("overview", include);
        counts = RedisScript.load("counts", include);
        lead = RedisScript.load("lead", include);
        resign = RedisScript.load("resign", include);
        forget = RedisScript.load("forget", include);
        offer = RedisScript.load("offer", include);
        list = RedisScript.load("list", include);
        states = RedisScript.load("states", include);
        holders = RedisScript.load("holders", include);
        obliterate = RedisScript.load("obliterate", include);
        clean = RedisScript.load("clean", include);
        drain = RedisScript.load("drain", include);
        resume = RedisScript.load("resume", include);
        pause = RedisScript.load("pause", include);
        retain = RedisScript.load("retain", include);
        change = RedisScript.load("change", include);
        replay = RedisScript.load("replay", include);
        remove = RedisScript.load("remove", include);
        rights = RedisScript.load("rights", include);
    }
}
