package io.jobqueue.sample.thumbnails;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The sizes every photo is scaled to, the largest first. */
public enum ThumbnailSize {
    /** To look at. */
    LARGE(1280),
    /** To preview. */
    MEDIUM(480),
    /** To list. */
    SMALL(160);

    private final int longestSide;

    ThumbnailSize(int longestSide) {
        this.longestSide = longestSide;
    }

    /** Returns the longest side, in pixels. */
    public int longestSide() {
        return longestSide;
    }

    /** Returns the name in lower case, as in addresses, file names and results. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the size with this {@linkplain #label() label}, if there is one. */
    public static Optional<ThumbnailSize> labelled(String label) {
        return Stream.of(values()).filter(size -> size.label().equals(label)).findFirst();
    }
}
