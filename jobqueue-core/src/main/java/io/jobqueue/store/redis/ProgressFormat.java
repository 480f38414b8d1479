package io.jobqueue.store.redis;

import io.jobqueue.Progress;

/** Progress as bytes: percent, note. */
final class ProgressFormat {

    private ProgressFormat() {}

    static byte[] write(Progress progress) {
        return new BinaryWriter(progress.note().length() + 4)
                .number(progress.percent(), 1)
                .text(progress.note())
                .toBytes();
    }

    static Progress read(byte[] stored) {
        BinaryReader reader = new BinaryReader(stored);
        return new Progress((int) reader.number(1), reader.text());
    }
}
