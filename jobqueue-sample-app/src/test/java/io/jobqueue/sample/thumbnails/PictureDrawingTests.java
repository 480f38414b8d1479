package io.jobqueue.sample.thumbnails;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PictureDrawingTests {

    @Test
    void theSamplePhotoHasSixMegapixels() throws IOException {
        assertThat(PictureHeader.of(Path.of("samples/photo.jpg"))).contains(new PictureHeader("JPEG", 3000, 2000));
    }
}
