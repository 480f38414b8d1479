package io.jobqueue.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the Java and the links of the pages to what is there. */
class ReadmeTests {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LOCAL_LINK = Pattern.compile("]\\((?!https?:)([^)#]+)(?:#[^)]*)?\\)");

    @TestFactory
    Stream<DynamicTest> everyJavaBlockStandsInACompiledSource() throws IOException {
        List<String> sources = files(Path.of("src"), ".java")
                .map(ReadmeTests::read)
                .map(ReadmeTests::withoutIndentation)
                .toList();
        return pages().map(page -> DynamicTest.dynamicTest(
                ROOT.relativize(page).toString(),
                () -> assertThat(javaBlocks(page))
                        .allSatisfy(block -> assertThat(sources).anyMatch(source -> source.contains(block)))));
    }

    @TestFactory
    Stream<DynamicTest> everyLinkToAFileLeadsSomewhere() throws IOException {
        return pages().map(page -> DynamicTest.dynamicTest(
                ROOT.relativize(page).toString(),
                () -> assertThat(LOCAL_LINK.matcher(read(page)).results().map(link -> link.group(1)))
                        .allSatisfy(
                                link -> assertThat(page.resolveSibling(link)).exists())));
    }

    @Test
    void theReadmeHasJavaToCompare() {
        assertThat(javaBlocks(ROOT.resolve("README.md"))).isNotEmpty();
    }

    private static Stream<Path> pages() throws IOException {
        return Stream.concat(
                Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")),
                files(ROOT.resolve("docs"), ".md"));
    }

    private static Stream<Path> files(Path directory, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        }
    }

    private static List<String> javaBlocks(Path page) {
        return JAVA_BLOCK
                .matcher(read(page))
                .results()
                .map(block -> withoutIndentation(block.group(1)))
                .toList();
    }

    private static String withoutIndentation(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
