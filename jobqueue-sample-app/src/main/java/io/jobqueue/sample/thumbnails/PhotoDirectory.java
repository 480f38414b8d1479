package io.jobqueue.sample.thumbnails;

import io.jobqueue.sample.WorkingDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Where uploads and thumbnails lie. An id is a UUID, so that no name from outside becomes a path. */
@Component
class PhotoDirectory {

    private final WorkingDirectory directory;

    PhotoDirectory(WorkingDirectory directory) {
        this.directory = directory;
    }

    Path original(UUID id) throws IOException {
        return directory.directory("uploads").resolve(id + ".upload");
    }

    Path thumbnail(UUID id, ThumbnailSize size) throws IOException {
        return directory.directory("thumbnails").resolve(id + "-" + size.label() + ".jpg");
    }

    /** Returns an empty file beside the thumbnails, to be filled and moved into place. */
    Path part() throws IOException {
        return Files.createTempFile(directory.directory("thumbnails"), "", ".part");
    }
}
