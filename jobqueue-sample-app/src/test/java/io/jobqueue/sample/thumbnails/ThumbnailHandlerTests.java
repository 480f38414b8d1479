package io.jobqueue.sample.thumbnails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jobqueue.Progress;
import io.jobqueue.sample.SampleProperties;
import io.jobqueue.sample.WorkingDirectory;
import io.jobqueue.sample.thumbnails.Thumbnails.Thumbnail;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThumbnailHandlerTests {

    private final Photo photo = new Photo(UUID.randomUUID());

    @TempDir
    private Path directory;

    private PhotoDirectory photos;
    private ThumbnailHandler handler;

    @BeforeEach
    void layOut() {
        photos = new PhotoDirectory(new WorkingDirectory(new SampleProperties(directory, Duration.ZERO)));
        handler = new ThumbnailHandler(photos);
    }

    @Test
    void aPhotoIsScaledToEverySizeWithProgressAfterEach() throws IOException {
        upload(PictureDrawing.landscape(1500, 1000));
        RecordedRun run = RecordedRun.undisturbed();

        Thumbnails thumbnails = handler.scale(photo, run);

        assertThat(thumbnails.width()).isEqualTo(1500);
        assertThat(thumbnails.height()).isEqualTo(1000);
        assertThat(thumbnails.sizes())
                .containsExactly(
                        stored(ThumbnailSize.LARGE, 1280, 853),
                        stored(ThumbnailSize.MEDIUM, 480, 320),
                        stored(ThumbnailSize.SMALL, 160, 107));
        assertThat(run.reports())
                .containsExactly(
                        new Progress(33, "large is ready"),
                        new Progress(66, "medium is ready"),
                        new Progress(100, "small is ready"));
    }

    @Test
    void aSecondRunAfterACrashReplacesTheFiles() throws IOException {
        upload(PictureDrawing.landscape(600, 400));
        Thumbnails first = handler.scale(photo, RecordedRun.undisturbed());

        assertThat(handler.scale(photo, RecordedRun.undisturbed())).isEqualTo(first);
        try (Stream<Path> files = Files.list(directory.resolve("thumbnails"))) {
            assertThat(files).hasSize(ThumbnailSize.values().length);
        }
    }

    @Test
    void aCancelledRunStopsBeforeTheNextSize() throws IOException {
        upload(PictureDrawing.landscape(600, 400));

        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> handler.scale(photo, RecordedRun.cancelledAt(33)));

        assertThat(photos.thumbnail(photo.id(), ThumbnailSize.LARGE)).exists();
        assertThat(photos.thumbnail(photo.id(), ThumbnailSize.MEDIUM)).doesNotExist();
    }

    @Test
    void aFileThatIsNoPictureIsNamed() throws IOException {
        Files.writeString(photos.original(photo.id()), "not a picture");

        assertThatExceptionOfType(UnreadablePictureException.class)
                .isThrownBy(() -> handler.scale(photo, RecordedRun.undisturbed()))
                .withMessageContaining(photo.id().toString());
    }

    @Test
    void theHeaderIsReadWithoutTheRestOfThePicture() throws IOException {
        upload(PictureDrawing.landscape(600, 400));
        Path original = photos.original(photo.id());
        byte[] bytes = Files.readAllBytes(original);
        Files.write(original, Arrays.copyOf(bytes, bytes.length / 2));

        Optional<PictureHeader> header = PictureHeader.of(original);

        assertThat(header).contains(new PictureHeader("JPEG", 600, 400));
    }

    private void upload(BufferedImage picture) throws IOException {
        File original = photos.original(photo.id()).toFile();
        ImageIO.write(picture, "jpg", original);
    }

    private Thumbnail stored(ThumbnailSize size, int width, int height) throws IOException {
        Path file = photos.thumbnail(photo.id(), size);
        PictureHeader header = PictureHeader.of(file).orElseThrow();
        assertThat(List.of(header.width(), header.height())).containsExactly(width, height);
        return new Thumbnail(size.label(), width, height, Files.size(file));
    }
}
