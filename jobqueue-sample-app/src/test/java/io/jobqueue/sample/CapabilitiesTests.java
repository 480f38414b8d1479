package io.jobqueue.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/capabilities.md} to the tests it names. */
class CapabilitiesTests {

    private static final Path ROOT = Path.of("..");
    private static final Map<String, Integer> LINES_OF_PART =
            Map.of("000", 72, "001", 85, "002", 104, "003", 118, "004", 86);
    private static final Pattern ROW = Pattern.compile("\\| (\\d{3}-\\d{3}) \\| ([^|]+) \\| ([^|]+) \\|");
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w*(?:Tests|IT|Contract|Suite))(?:#(\\w+))?`");

    @Test
    void everyLineOfEveryPartStandsHereOnce() throws IOException {
        List<String> expected = LINES_OF_PART.entrySet().stream()
                .flatMap(part -> IntStream.rangeClosed(1, part.getValue())
                        .mapToObj(number -> String.format("%s-%03d", part.getKey(), number)))
                .sorted()
                .toList();

        assertThat(rows().stream().map(Row::line)).containsExactlyElementsOf(expected);
    }

    @Test
    void everyLineHasATestOrAReason() throws IOException {
        assertThat(rows())
                .allMatch(row -> !row.tests().isEmpty() || row.shownBy().split(" ").length > 2);
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Map<String, String> sources = testSources();
        List<String> missing = new ArrayList<>();
        for (Row row : rows()) {
            row.tests().forEach((name, parts) -> {
                String source = sources.get(parts.get(0));
                boolean exists = source != null && (parts.size() == 1 || source.contains("void " + parts.get(1) + "("));
                if (!exists) {
                    missing.add(row.line() + " " + name);
                }
            });
        }

        assertThat(missing).isEmpty();
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String text : Files.readAllLines(ROOT.resolve("docs").resolve("capabilities.md"))) {
            Matcher row = ROW.matcher(text);
            if (row.matches()) {
                rows.add(new Row(row.group(1), row.group(3)));
            } else {
                assertThat(text).as("a row that cannot be read").doesNotMatch("\\| \\d.*");
            }
        }
        return rows;
    }

    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.toList()) {
                Path tests = module.resolve("src").resolve("test").resolve("java");
                if (Files.isDirectory(tests)) {
                    addSources(tests, sources);
                }
            }
        }
        return sources;
    }

    private static void addSources(Path tests, Map<String, String> sources) throws IOException {
        try (Stream<Path> files = Files.walk(tests)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> sources.put(file.getFileName().toString().replace(".java", ""), read(file)));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Row(String line, String shownBy) {

        /** Returns class, and method if there is one, by the name as it is written. */
        Map<String, List<String>> tests() {
            Map<String, List<String>> tests = new LinkedHashMap<>();
            Matcher name = NAME.matcher(shownBy);
            while (name.find()) {
                tests.put(
                        name.group(),
                        name.group(2) == null ? List.of(name.group(1)) : List.of(name.group(1), name.group(2)));
            }
            return tests;
        }
    }
}
