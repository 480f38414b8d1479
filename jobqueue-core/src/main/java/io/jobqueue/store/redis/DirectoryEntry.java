package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.LiveWorker;
import io.jobqueue.LiveWorker.HeldJob;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One worker of the directory while its claims are gathered page by page; a claim may come twice. */
final class DirectoryEntry {

    private static final int MILLIS = 6;
    private static final int MICROS = 1000;

    private final String name;
    private final Instant since;
    private final Instant leaseUntil;
    private final Map<String, HeldJob> held = new HashMap<>();

    /** Reads what {@code workers.lua} tells of a session. */
    DirectoryEntry(byte[] worker, long deadline) {
        BinaryReader reader = new BinaryReader(worker);
        since = Instant.ofEpochMilli(reader.number(MILLIS));
        name = new String(reader.rest(), UTF_8);
        leaseUntil = Instant.ofEpochMilli(deadline);
    }

    /** A fence is the time of its claim in microseconds, unless many claims were made in one. */
    void hold(String jobId, long fence, long now) {
        held.put(jobId, new HeldJob(jobId, Instant.ofEpochMilli(Math.min(fence / MICROS, now))));
    }

    LiveWorker read(String queue) {
        List<HeldJob> longest = held.values().stream()
                .sorted(Comparator.comparing(HeldJob::since).thenComparing(HeldJob::id))
                .limit(LiveWorker.MOST_JOBS)
                .toList();
        return new LiveWorker(name, queue, since, leaseUntil, held.size(), longest);
    }
}
