package io.jobqueue.spring.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** Guesses which property was meant by one that there is not. */
final class MeantProperty {

    /** What other libraries, or earlier words of ours, call a property. */
    private static final Map<String, String> OTHER_NAMES = Map.ofEntries(
            Map.entry("retry.delay", "backoff.initial"),
            Map.entry("retry.initial-delay", "backoff.initial"),
            Map.entry("retry.initial-interval", "backoff.initial"),
            Map.entry("retry.multiplier", "backoff.multiplier"),
            Map.entry("retry.max-delay", "backoff.max"),
            Map.entry("retry.max-interval", "backoff.max"),
            Map.entry("retry.jitter", "backoff.jitter"),
            Map.entry("retry.max-attempts", "max-attempts"),
            Map.entry("retry.max-retries", "max-attempts"),
            Map.entry("max-retries", "max-attempts"),
            Map.entry("retention.dead", "retention.failed"),
            Map.entry("store.redis.verify-hostname", "store.redis.ssl.verify-hostname"),
            Map.entry("store.redis.ssl-bundle", "store.redis.ssl.bundle"),
            Map.entry("worker.strict-handlers", "worker.strict-queues"));

    private final KnownProperties known = new KnownProperties();

    /** Returns the full name of what was meant; empty when nothing is near, or the name is right and the value is not. */
    Optional<String> by(ConfigurationPropertyName unknown) {
        List<String> words = IntStream.range(1, unknown.getNumberOfElements())
                .mapToObj(index -> unknown.getElement(index, Form.ORIGINAL))
                .toList();
        if (words.size() > 2 && words.get(0).equals("queues")) {
            return ofQueue(words.subList(1, words.size()));
        }
        String name = String.join(".", words);
        return known.names().contains(name)
                ? Optional.empty()
                : near(name, known.names()).map(meant -> "jobqueue." + meant);
    }

    /** A queue whose name has dots, and no brackets, was taken apart. */
    private Optional<String> ofQueue(List<String> words) {
        Set<String> names = known.ofQueues();
        String inWhole = String.join(".", words.subList(1, words.size()));
        for (int end = OTHER_NAMES.containsKey(inWhole) ? words.size() : 2; end < words.size(); end++) {
            String name = String.join(".", words.subList(end, words.size()));
            if (names.contains(name)) {
                return Optional.of("jobqueue.queues[" + String.join(".", words.subList(0, end)) + "]." + name);
            }
        }
        return near(inWhole, names).map(meant -> QueuePath.of(words.get(0)) + "." + meant);
    }

    private static Optional<String> near(String name, Set<String> names) {
        return otherName(name, names)
                .or(() -> onlyEndingIn("." + name, names))
                .or(() -> ClosestName.to(name, names, Math.max(2, lastWord(name).length() / 3)));
    }

    private static Optional<String> otherName(String name, Set<String> names) {
        String bare = name.startsWith("defaults.") ? name.substring("defaults.".length()) : name;
        String meant = OTHER_NAMES.get(bare);
        if (meant == null) {
            return Optional.empty();
        }
        return Optional.of(names.contains(meant) ? meant : "defaults." + meant);
    }

    private static Optional<String> onlyEndingIn(String end, Set<String> names) {
        List<String> found = names.stream().filter(name -> name.endsWith(end)).toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static String lastWord(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
