package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.testkit.RestrictedRedis;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rights that are documented, asked for and used are the same. */
class AclRulesTests {

    private static final Pattern WORD = Pattern.compile("'([A-Z]{3,})'");
    private static final Set<String> OPTIONS = Set.of("LIMIT", "WITHSCORES", "WITHVALUES", "COUNT", "SPUBLISH");
    private static final Set<String> BESIDE_SCRIPTS = Set.of(
            "eval",
            "evalsha",
            "info",
            "ping",
            "client|setname",
            "blpop",
            "subscribe",
            "unsubscribe",
            "sadd",
            "srem",
            "smembers");

    @Test
    void rightsThatAreAskedForAreThoseThatScriptsUse() throws Exception {
        Set<String> asked = words(script("rights.lua"));

        assertThat(asked).isEqualTo(usedByScripts());
    }

    @Test
    void rightsThatAreDocumentedAreThoseThatAreUsedAndNoOthers() throws Exception {
        Set<String> documented = Stream.of(RestrictedRedis.rule().split(" ", -1))
                .filter(rule -> rule.startsWith("+"))
                .map(rule -> rule.substring(1))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> used = new TreeSet<>(BESIDE_SCRIPTS);
        usedByScripts().forEach(command -> used.add(command.toLowerCase(Locale.ROOT)));
        assertThat(documented).isEqualTo(used);
    }

    private static Set<String> usedByScripts() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.walk(script("rights.lua").getParent())) {
            Set<String> used = new TreeSet<>();
            files.filter(file -> file.toString().endsWith(".lua"))
                    .filter(file -> !file.endsWith("rights.lua"))
                    .forEach(file -> used.addAll(words(file)));
            return used;
        }
    }

    private static Set<String> words(Path script) {
        try {
            return WORD.matcher(Files.readString(script))
                    .results()
                    .map((MatchResult result) -> result.group(1))
                    .filter(word -> !OPTIONS.contains(word))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Path script(String name) throws URISyntaxException {
        return Path.of(
                Objects.requireNonNull(RedisScript.class.getResource(name)).toURI());
    }
}
