package io.jobqueue.sample.thumbnails;

import io.jobqueue.JobContext;
import io.jobqueue.sample.thumbnails.Thumbnails.Thumbnail;
import io.jobqueue.spring.JobHandler;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import org.springframework.stereotype.Component;

/** Scales one photo to every {@link ThumbnailSize}. Running it twice gives the same files. */
@Component
class ThumbnailHandler {

    static final String TYPE = "thumbnails";
    static final String QUEUE = "thumbnails";

    private final PhotoDirectory photos;

    ThumbnailHandler(PhotoDirectory photos) {
        this.photos = photos;
    }

    @JobHandler(value = TYPE, queue = QUEUE)
    Thumbnails scale(Photo photo, JobContext job) throws IOException {
        BufferedImage picture = read(photo);
        ThumbnailSize[] sizes = ThumbnailSize.values();
        List<Thumbnail> thumbnails = new ArrayList<>();
        BufferedImage scaled = picture;
        for (ThumbnailSize size : sizes) {
            if (job.isCancelled()) {
                throw new CancellationException("photo " + photo.id() + ": cancelled before " + size.label());
            }
            scaled = PictureScaler.scale(scaled, size.longestSide());
            thumbnails.add(write(scaled, photo, size));
            job.progress(100 * thumbnails.size() / sizes.length, size.label() + " is ready");
        }
        return new Thumbnails(picture.getWidth(), picture.getHeight(), thumbnails);
    }

    private BufferedImage read(Photo photo) throws IOException {
        try (InputStream original = Files.newInputStream(photos.original(photo.id()))) {
            BufferedImage picture = ImageIO.read(original);
            if (picture != null) {
                return picture;
            }
            throw new UnreadablePictureException(
                    "photo " + photo.id() + ": is no picture; upload a JPEG, PNG or GIF", null);
        } catch (IIOException e) {
            throw new UnreadablePictureException("photo " + photo.id() + ": is damaged; upload it again", e);
        }
    }

    /** Moves a complete file into place, so that nobody ever serves half a picture. */
    private Thumbnail write(BufferedImage picture, Photo photo, ThumbnailSize size) throws IOException {
        Path target = photos.thumbnail(photo.id(), size);
        Path part = photos.part();
        try {
            ImageIO.write(picture, "jpg", part.toFile());
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
        return new Thumbnail(size.label(), picture.getWidth(), picture.getHeight(), Files.size(target));
    }
}
