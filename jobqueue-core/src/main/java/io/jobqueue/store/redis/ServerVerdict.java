package io.jobqueue.store.redis;

import io.jobqueue.UnsuitableStoreException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a server may keep jobs, by what it says of itself.
 *
 * @param warnings what its operator should know
 * @param unknown what it does not tell
 */
record ServerVerdict(List<String> warnings, List<String> unknown) {

    /** Scripts of it ask for the rights of their user before they write, which older ones cannot. */
    private static final int OLDEST_RELEASE = 7;

    private static final String NO_EVICTION = "noeviction";

    /** How policies begin that touch no key without an expiry, and so no key of a queue. */
    private static final String ONLY_WHAT_EXPIRES = "volatile-";

    /**
     * Judges a server.
     *
     * @param location which it is
     * @param acceptEviction whether it may evict
     * @throws UnsuitableStoreException when it must not keep jobs
     */
    static ServerVerdict of(ServerFacts facts, String location, boolean acceptEviction) {
        List<String> unknown = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        facts.release()
                .ifPresentOrElse(release -> requireRelease(release, facts, location), () -> unknown.add("version"));
        facts.missingLuaFix().ifPresent(fix -> warnings.add(lettingScriptsOut(facts, location, fix)));
        facts.evictionPolicy()
                .ifPresentOrElse(
                        policy -> requireNoEviction(policy, location, acceptEviction, warnings),
                        () -> unknown.add("maxmemory-policy"));
        facts.keepsAppendOnlyFile()
                .ifPresentOrElse(
                        kept -> noteLosses(kept, location, warnings), () -> unknown.add("whether it keeps a file"));
        return new ServerVerdict(List.copyOf(warnings), List.copyOf(unknown));
    }

    private static void requireRelease(int release, ServerFacts facts, String location) {
        if (release < OLDEST_RELEASE) {
            throw new UnsuitableStoreException(
                    "redis at " + location + ": is " + facts.product() + ", and the scripts of jobqueue need Redis 7.0",
                    "use Redis 7.0 or newer, or Valkey");
        }
    }

    private static String lettingScriptsOut(ServerFacts facts, String location, String fix) {
        return "redis at " + location + ": is " + facts.product()
                + ", of which it is known how a script gets out of Lua"
                + " and runs code on the server (CVE-2025-49844); use " + fix + " or newer, unless its distribution or"
                + " service has mended it without changing the number";
    }

    /** Policies that are not known yet may be anything; those of which it is known what they spare say so by their name. */
    private static void requireNoEviction(
            String policy, String location, boolean acceptEviction, List<String> warnings) {
        if (policy.equals(NO_EVICTION)) {
            return;
        }
        boolean sparesJobs = policy.startsWith(ONLY_WHAT_EXPIRES);
        String danger = "redis at " + location + ": its maxmemory-policy is " + policy + ", so it "
                + (sparesJobs ? "deletes keys that have an expiry" : "may delete jobs") + " when its memory is full";
        if (!acceptEviction) {
            throw new UnsuitableStoreException(danger, remedy(sparesJobs));
        }
        if (!sparesJobs) {
            warnings.add(danger + "; that was accepted");
        }
    }

    private static String remedy(boolean sparesJobs) {
        return "set maxmemory-policy noeviction there, keep the jobs on another server, or accept "
                + (sparesJobs ? "it: no key of the jobs has an expiry, so no job is lost by it" : "the loss")
                + " (RedisConnection.Builder.acceptEviction, jobqueue.store.redis.accept-eviction)";
    }

    private static void noteLosses(boolean appendOnlyFile, String location, List<String> warnings) {
        if (!appendOnlyFile) {
            warnings.add("redis at " + location + ": keeps no append-only file, so the jobs since its last snapshot are"
                    + " lost when it stops, and all of them when it takes no snapshots; set appendonly yes there");
        }
    }
}
