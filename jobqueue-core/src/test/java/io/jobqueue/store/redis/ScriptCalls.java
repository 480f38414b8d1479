package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.jobqueue.testkit.RedisServer;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisMonitor;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Counts what all clients of a server call, by the name of the script: {@code exchange} and, for those that ask for jobs,
 * {@code claim}; commands beside scripts by their own name, and commands of scripts behind the name of theirs.
 */
public final class ScriptCalls implements AutoCloseable {

    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]++|\\\\.)*+)\"");
    private static final int JOBS_WANTED = 7;

    private final Jedis monitoring;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile String running = "";

    private ScriptCalls(RedisServer server) {
        monitoring = server.commands();
        Thread reading = new Thread(this::read, "monitor");
        reading.setDaemon(true);
        reading.start();
    }

    /** Begins to count. */
    public static ScriptCalls of(RedisServer server) throws InterruptedException {
        ScriptCalls calls = new ScriptCalls(server);
        try (Jedis redis = server.commands()) {
            while (!calls.begun.await(10, TimeUnit.MILLISECONDS)) {
                redis.ping();
            }
        }
        return calls;
    }

    /** Returns how many there were until now. */
    public long of(String name) {
        LongAdder count = counts.get(name);
        return count == null ? 0 : count.sum();
    }

    /** Forgets what was counted. */
    public void clear() {
        counts.clear();
    }

    /** Returns all counts by name. */
    public Map<String, Long> all() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((name, count) -> all.put(name, count.sum()));
        return all;
    }

    private void read() {
        try {
            monitoring.monitor(new JedisMonitor() {
                @Override
                public void onCommand(String line) {
                    begun.countDown();
                    count(line);
                }
            });
        } catch (JedisException e) {
            // closing it is how it ends
        }
    }

    private void count(String line) {
        Matcher words = QUOTED.matcher(line);
        if (!words.find()) {
            return;
        }
        String command = words.group(1).toLowerCase(Locale.ROOT);
        if (line.indexOf(" lua] ") >= 0 && line.indexOf(" lua] ") < line.indexOf('"')) {
            add(running + " " + command);
        } else if (command.equals("evalsha") || command.equals("eval")) {
            running = NamedScripts.name(next(words));
            add(running);
            if (running.equals("exchange") && asksForJobs(words)) {
                add("claim");
            }
        } else {
            add(command);
        }
    }

    private static boolean asksForJobs(Matcher words) {
        int keys = Integer.parseInt(next(words));
        for (int i = 1; i < keys + JOBS_WANTED; i++) {
            next(words);
        }
        return !next(words).equals("0");
    }

    private static String next(Matcher words) {
        return words.find() ? words.group(1) : "";
    }

    private void add(String name) {
        counts.computeIfAbsent(name, any -> new LongAdder()).increment();
    }

    @Override
    public void close() {
        monitoring.close();
    }

    /** The names of our scripts by what EVALSHA is sent. */
    private static final class NamedScripts {

        private static final Map<String, String> NAMES = new ConcurrentHashMap<>();

        static {
            for (String name :
                    new String[] {"enqueue", "exchange", "renew", "lead", "promote", "purge", "audit", "reap", "offer"
                    }) {
                RedisScript script = RedisScript.load(name, RedisScript.texts(StoreClock.SERVER, false));
                NAMES.put(new String(script.sha(), US_ASCII), name);
            }
        }

        static String name(String sha) {
            return NAMES.getOrDefault(sha, "other script");
        }
    }
}
