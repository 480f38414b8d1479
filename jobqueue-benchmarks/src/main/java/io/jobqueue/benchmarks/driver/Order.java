package io.jobqueue.benchmarks.driver;

import java.util.HashMap;
import java.util.Map;

/** A line that orders a work: {@code <work> name=value …}. */
record Order(String work, Map<String, String> values) {

    static Order parse(String line) {
        String[] words = line.trim().split(" +", -1);
        Map<String, String> values = new HashMap<>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + words[i] + "' is not name=value");
            }
            values.put(words[i].substring(0, equals), words[i].substring(equals + 1));
        }
        return new Order(words[0], values);
    }

    int number(String name, int otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    int jobs() {
        return number("jobs", 2000);
    }

    int slots() {
        return number("slots", 50);
    }

    int inFlight() {
        return number("inflight", 50);
    }

    boolean keep() {
        return !"no".equals(values.get("keep"));
    }

    /** Returns a payload that takes so many bytes as a JSON text. */
    String payload() {
        return "x".repeat(Math.max(1, number("bytes", 100) - 2));
    }
}
