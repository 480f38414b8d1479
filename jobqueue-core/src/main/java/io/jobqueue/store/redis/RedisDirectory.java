package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.LiveWorker;
import io.jobqueue.store.WorkerDirectory;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The workers of the queues on a server. Their pauses stand beside those of types, whose names hold no line break. */
final class RedisDirectory implements WorkerDirectory {

    private static final char WORKER = '\n';
    private static final int FENCE = 16;
    private static final int FIRST_PART = 3;
    private static final int PARTS_OF_SESSION = 3;

    private final ScriptRunner application;
    private final RedisScripts scripts;
    private final RedisKeys keys;

    RedisDirectory(ScriptRunner application, RedisScripts scripts, RedisKeys keys) {
        this.application = application;
        this.scripts = scripts;
        this.keys = keys;
    }

    /** Returns whether a field of the paused names a worker. */
    static boolean isWorker(byte[] field) {
        return field.length > 0 && field[0] == WORKER;
    }

    @Override
    public List<LiveWorker> live(String queue) {
        Map<String, DirectoryEntry> bySession = new HashMap<>();
        String cursor = "0";
        do {
            List<Object> parts = application.list(scripts.workers, queue, new ScriptArguments(2).text(cursor));
            cursor = RedisTransitions.text(parts.get(0));
            int claims = readSessions(parts, bySession);
            readClaims(parts, claims, bySession);
        } while (!cursor.equals("0"));
        return bySession.values().stream()
                .map(entry -> entry.read(queue))
                .sorted(Comparator.comparing(LiveWorker::name).thenComparing(LiveWorker::since))
                .toList();
    }

    /** Returns where the claims begin. */
    private static int readSessions(List<Object> parts, Map<String, DirectoryEntry> bySession) {
        int end = FIRST_PART + PARTS_OF_SESSION * (int) RedisTransitions.number(parts.get(2));
        for (int i = FIRST_PART; i < end; i += PARTS_OF_SESSION) {
            bySession.put(
                    RedisTransitions.text(parts.get(i)),
                    new DirectoryEntry((byte[]) parts.get(i + 2), RedisTransitions.number(parts.get(i + 1))));
        }
        return end;
    }

    private static void readClaims(List<Object> parts, int from, Map<String, DirectoryEntry> bySession) {
        long now = RedisTransitions.number(parts.get(1));
        for (int i = from; i < parts.size(); i += 2) {
            String token = RedisTransitions.text(parts.get(i + 1));
            int end = token.length() - FENCE;
            DirectoryEntry entry = end < 0 ? null : bySession.get(token.substring(0, end));
            if (entry != null) {
                entry.hold(RedisTransitions.text(parts.get(i)), Long.parseLong(token.substring(end)), now);
            }
        }
    }

    @Override
    public void pause(String queue, String worker) {
        application.run(scripts.pause, queue, new ScriptArguments(2).text(WORKER + worker));
    }

    @Override
    public void resume(String queue, String worker) {
        application.run(scripts.resume, queue, new ScriptArguments(2).text(WORKER + worker));
    }

    @Override
    public Set<String> paused(String queue) {
        return application.call(redis -> redis.hkeys(keys.paused(queue))).stream()
                .filter(RedisDirectory::isWorker)
                .map(field -> new String(field, 1, field.length - 1, UTF_8))
                .collect(Collectors.toUnmodifiableSet());
    }
}
