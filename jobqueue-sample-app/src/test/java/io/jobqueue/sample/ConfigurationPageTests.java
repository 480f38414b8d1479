package io.jobqueue.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the tables of docs/configuration.md to the metadata that is generated from the sources. */
class ConfigurationPageTests {

    private static final Path PAGE = Path.of("../docs/configuration.md");
    private static final Pattern FULL_NAME = Pattern.compile("^\\| `(jobqueue\\.[a-z.-]+)` \\|", Pattern.MULTILINE);
    private static final Pattern QUEUE_NAME =
            Pattern.compile("^\\| `((?!jobqueue|spring|management)[a-z.-]+)` \\|", Pattern.MULTILINE);
    private static final Set<String> MAPS = Set.of("jobqueue.queues");

    @Test
    void theTablesNameEveryPropertyAndNoOther() throws IOException {
        String page = Files.readString(PAGE);
        Set<String> documented = new TreeSet<>();
        Matcher full = FULL_NAME.matcher(page);
        while (full.find()) {
            documented.add(full.group(1));
        }
        Matcher ofQueue = QUEUE_NAME.matcher(page);
        while (ofQueue.find()) {
            documented.add("jobqueue.defaults." + ofQueue.group(1));
        }

        assertThat(documented).containsExactlyElementsOf(generated());
    }

    private static Set<String> generated() throws IOException {
        Set<String> names = new TreeSet<>();
        JsonMapper mapper = new JsonMapper();
        for (URL url : Collections.list(ConfigurationPageTests.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream json = url.openStream()) {
                for (JsonNode property : mapper.readTree(json).path("properties")) {
                    names.add(property.path("name").asString());
                }
            }
        }
        names.removeIf(name -> !name.startsWith("jobqueue.") || MAPS.contains(name));
        return names;
    }
}
