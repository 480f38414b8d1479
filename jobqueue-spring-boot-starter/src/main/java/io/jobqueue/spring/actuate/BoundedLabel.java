package io.jobqueue.spring.actuate;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A meter's label whose values come from outside: the first 200 are kept, all later ones become {@code other}.
 * Thread-safe.
 */
public final class BoundedLabel {

    private static final int MOST = 200;
    private static final String OTHER = "other";

    private final Set<String> values = ConcurrentHashMap.newKeySet();

    /** Returns {@code value}, or {@code other} when it came too late. */
    public String of(String value) {
        if (values.contains(value)) {
            return value;
        }
        synchronized (values) {
            return values.size() < MOST ? added(value) : OTHER;
        }
    }

    private String added(String value) {
        values.add(value);
        return value;
    }
}
