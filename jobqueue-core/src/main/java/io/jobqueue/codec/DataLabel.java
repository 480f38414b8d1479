package io.jobqueue.codec;

import io.jobqueue.Names;
import java.util.Locale;
import java.util.Objects;

/**
 * What stored data is, so that it cannot be passed off as something else.
 *
 * @param type the job type
 * @param content which data of such a job
 */
public record DataLabel(String type, Content content) {

    /** The data of a job that is encrypted. */
    public enum Content {
        /** What the job was enqueued with. */
        PAYLOAD,
        /** What its handler returned. */
        RESULT
    }

    public DataLabel {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(content, "content");
    }

    /** Returns the label of payloads of a job type. */
    public static DataLabel payload(String type) {
        return new DataLabel(type, Content.PAYLOAD);
    }

    /** Returns the label of results of a job type. */
    public static DataLabel result(String type) {
        return new DataLabel(type, Content.RESULT);
    }

    /** Returns the label as messages begin with it: {@code type 'welcome-mail': payload}. */
    @Override
    public String toString() {
        return "type '" + Names.shown(type) + "': " + content.name().toLowerCase(Locale.ROOT);
    }
}
