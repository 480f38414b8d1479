package io.jobqueue.store.redis;

import io.jobqueue.Progress;
import org.jspecify.annotations.Nullable;

/** Progress as bytes: version, percent, note. */
final class ProgressFormat {

    private ProgressFormat() {}

    static byte[] write(Progress progress) {
        return FormatVersion.write(new BinaryWriter(progress.note().length() + 5))
                .number(progress.percent(), 1)
                .text(progress.note())
                .toBytes();
    }

    /** Returns the report; null when there is none, or none that can be read. */
    static @Nullable Progress read(byte[] stored) {
        if (FormatVersion.defect("progress", stored) != null) {
            return null;
        }
        try {
            BinaryReader reader = new BinaryReader(stored);
            reader.number(1);
            return new Progress((int) reader.number(1), reader.text());
        } catch (RuntimeException e) { // the bytes may be anything
            return null;
        }
    }
}
