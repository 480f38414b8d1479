package io.jobqueue.store.redis;

import org.jspecify.annotations.Nullable;

/** The version of the format that everything stored of a job begins with; the scripts name it too. */
final class FormatVersion {

    static final int CURRENT = 1;

    private FormatVersion() {}

    static BinaryWriter write(BinaryWriter writer) {
        return writer.number(CURRENT, 1);
    }

    /** Returns why the bytes are not to be looked into; null when they begin as they should. */
    static @Nullable String defect(String what, byte[] stored) {
        if (stored.length == 0) {
            return "its " + what + " is empty";
        }
        int version = stored[0] & 0xFF;
        return version == CURRENT
                ? null
                : "its " + what + " has format version " + version + ", this release reads " + CURRENT;
    }

    static String damaged(String what) {
        return "its " + what + " is damaged";
    }
}
