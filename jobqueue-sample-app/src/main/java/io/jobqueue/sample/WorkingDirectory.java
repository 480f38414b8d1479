package io.jobqueue.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** The directory that all processes of the sample share. */
@Component
public class WorkingDirectory {

    private final Path root;

    /** Uses the configured directory, which is created when needed. */
    public WorkingDirectory(SampleProperties properties) {
        this.root = properties.directory().toAbsolutePath().normalize();
    }

    /** Returns the directory {@code name} in it, which exists then. Never pass text from a request. */
    public Path directory(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }
}
