package io.jobqueue.sample.thumbnails;

import java.util.List;

/**
 * The result of a thumbnail job.
 *
 * @param width the photo's width, in pixels
 * @param height the photo's height, in pixels
 * @param sizes what it was scaled to
 */
public record Thumbnails(int width, int height, List<Thumbnail> sizes) {

    /**
     * One scaled picture.
     *
     * @param size the size's label
     * @param width in pixels
     * @param height in pixels
     * @param bytes the length of its JPEG file
     */
    public record Thumbnail(String size, int width, int height, long bytes) {}
}
