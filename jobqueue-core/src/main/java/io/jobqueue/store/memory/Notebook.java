package io.jobqueue.store.memory;

import io.jobqueue.Attempt;
import io.jobqueue.Attributes;
import io.jobqueue.LogLine;
import io.jobqueue.Progress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the runs of one job have left with it; takes no room while that is nothing. Guarded by the queue's lock. */
final class Notebook {

    @Nullable
    Progress progress;

    private Map<String, Object> attributes = Map.of();
    private @Nullable Deque<LogLine> log;
    private @Nullable Deque<Attempt> attempts;

    Map<String, Object> attributes() {
        return attributes;
    }

    /** Returns false when there would be too many; then nothing changed. */
    boolean merge(Map<String, @Nullable Object> changes) {
        Map<String, Object> merged = new HashMap<>(attributes);
        changes.forEach((name, value) -> {
            if (value == null) {
                merged.remove(name);
            } else {
                merged.put(name, value);
            }
        });
        if (merged.size() > Attributes.MOST) {
            return false;
        }
        attributes = Map.copyOf(merged);
        return true;
    }

    List<Attempt> attempts() {
        return attempts == null ? List.of() : List.copyOf(attempts);
    }

    void append(Attempt attempt) {
        if (attempts == null) {
            attempts = new ArrayDeque<>();
        }
        attempts.addLast(attempt);
        if (attempts.size() > Attempt.MOST) {
            attempts.removeFirst();
        }
    }

    List<LogLine> log() {
        return log == null ? List.of() : List.copyOf(log);
    }

    void append(LogLine line) {
        if (log == null) {
            log = new ArrayDeque<>();
        }
        log.addLast(line);
        if (log.size() > LogLine.MOST) {
            log.removeFirst();
        }
    }
}
