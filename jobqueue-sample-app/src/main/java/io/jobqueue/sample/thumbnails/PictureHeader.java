package io.jobqueue.sample.thumbnails;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * What a picture's first bytes say of it, read without decoding the picture.
 *
 * @param format JPEG, PNG or GIF
 * @param width in pixels
 * @param height in pixels
 */
record PictureHeader(String format, int width, int height) {

    private static final Set<String> FORMATS = Set.of("JPEG", "PNG", "GIF");

    /** Returns the header of {@code file}, or empty when the file is no picture of a supported format. */
    static Optional<PictureHeader> of(Path file) throws IOException {
        try (ImageInputStream input = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
            return readers.hasNext() ? read(readers.next(), input) : Optional.empty();
        }
    }

    private static Optional<PictureHeader> read(ImageReader reader, ImageInputStream input) {
        try {
            reader.setInput(input);
            PictureHeader header = new PictureHeader(
                    reader.getFormatName().toUpperCase(Locale.ROOT), reader.getWidth(0), reader.getHeight(0));
            return FORMATS.contains(header.format) ? Optional.of(header) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } finally {
            reader.dispose();
        }
    }

    long pixels() {
        return (long) width * height;
    }
}
