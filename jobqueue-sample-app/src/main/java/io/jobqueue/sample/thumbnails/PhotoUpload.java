package io.jobqueue.sample.thumbnails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.springframework.core.io.InputStreamSource;
import org.springframework.stereotype.Component;

/** Takes in photos. */
@Component
class PhotoUpload {

    private static final long MOST_PIXELS = 60_000_000;

    private final PhotoDirectory photos;

    PhotoUpload(PhotoDirectory photos) {
        this.photos = photos;
    }

    /**
     * Stores an upload.
     *
     * @throws UnreadablePictureException when it is no picture or too large to decode; nothing is kept
     */
    Photo store(InputStreamSource upload) throws IOException {
        Photo photo = new Photo(UUID.randomUUID());
        Path original = photos.original(photo.id());
        try (var bytes = upload.getInputStream()) {
            Files.copy(bytes, original);
        }
        try {
            requirePicture(original);
        } catch (UnreadablePictureException e) {
            Files.delete(original);
            throw e;
        }
        return photo;
    }

    private static void requirePicture(Path original) throws IOException {
        PictureHeader header = PictureHeader.of(original)
                .orElseThrow(() ->
                        new UnreadablePictureException("the upload is no picture; send a JPEG, PNG or GIF file", null));
        if (header.pixels() > MOST_PIXELS) {
            throw new UnreadablePictureException(
                    "the picture has " + header.width() + " x " + header.height() + " pixels; send one of at most "
                            + MOST_PIXELS,
                    null);
        }
    }
}
