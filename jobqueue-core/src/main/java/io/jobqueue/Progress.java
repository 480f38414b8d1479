package io.jobqueue;

/**
 * How far a running job has come.
 *
 * @param percent 0 to 100
 * @param note a short text for people, at most {@value #MAX_NOTE} characters; empty when there is nothing to say
 */
public record Progress(int percent, String note) {

    /** The longest note, in {@code char}s. */
    public static final int MAX_NOTE = 1024;

    /** Checks the bounds.
     *
     * @throws InvalidJobException when percent is not 0 to 100 or the note is too long */
    public Progress {
        if (percent < 0 || percent > 100) {
            throw new InvalidJobException("progress percent " + percent + ": must be 0 to 100");
        }
        if (note.length() > MAX_NOTE) {
            throw new InvalidJobException(
                    "progress note: has " + note.length() + " characters; shorten it to at most " + MAX_NOTE);
        }
    }
}
