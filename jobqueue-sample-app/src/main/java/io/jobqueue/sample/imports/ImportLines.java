package io.jobqueue.sample.imports;

import io.jobqueue.sample.WorkingDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Remembers which lines of a file were queued, so that their jobs can be found again. */
@Component
class ImportLines {

    private final WorkingDirectory directory;

    ImportLines(WorkingDirectory directory) {
        this.directory = directory;
    }

    void begin(ImportId id) throws IOException {
        Files.deleteIfExists(file(id));
        Files.createFile(file(id));
    }

    void add(ImportId id, List<Integer> lines) throws IOException {
        Files.write(file(id), lines.stream().map(String::valueOf).toList(), StandardOpenOption.APPEND);
    }

    /** Returns the lines in order, or empty when there is no such import. */
    Optional<List<Integer>> of(ImportId id) throws IOException {
        Path file = file(id);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return Optional.of(lines.map(Integer::valueOf).toList());
        }
    }

    private Path file(ImportId id) throws IOException {
        return directory.directory("imports").resolve(id.value() + ".lines");
    }
}
