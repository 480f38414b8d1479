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

    /**
     * Judges a server.
     *
     * @param location which it is
     * @param acceptEviction whether it may evict jobs
     * @throws UnsuitableStoreException when it must not keep jobs
     */
    static ServerVerdict of(ServerFacts facts, String location, boolean acceptEviction) {
        List<String> unknown = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        facts.release()
                .ifPresentOrElse(release -> requireRelease(release, facts, location), () -> unknown.add("version"));
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

    /** No key of a queue has an expiry, so policies that evict only those that have never evict a job. */
    private static void requireNoEviction(
            String policy, String location, boolean acceptEviction, List<String> warnings) {
        if (policy.equals("noeviction") || policy.startsWith("volatile-")) {
            return;
        }
        String danger = "redis at " + location + ": its maxmemory-policy is " + policy
                + ", so it deletes jobs when its memory is full";
        if (!acceptEviction) {
            throw new UnsuitableStoreException(
                    danger,
                    "set maxmemory-policy noeviction there, keep the jobs on another server, or accept the loss"
                            + " (RedisConnection.Builder.acceptEviction, jobqueue.store.redis.accept-eviction)");
        }
        warnings.add(danger + "; that was accepted");
    }

    private static void noteLosses(boolean appendOnlyFile, String location, List<String> warnings) {
        if (!appendOnlyFile) {
            warnings.add("redis at " + location + ": keeps no append-only file, so the jobs since its last snapshot are"
                    + " lost when it stops, and all of them when it takes no snapshots; set appendonly yes there");
        }
    }
}
