package io.jobqueue.engine;

import io.jobqueue.JobError;
import io.jobqueue.Names;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a throwable as a bounded text. Made for throwables of users: one that returns nothing, throws
 * itself or is its own cause is written as far as it can be.
 */
final class ErrorText {

    static final int LONGEST_MESSAGE = 1024;
    static final int LONGEST_STACK = 8 * 1024;

    private static final int MOST_FRAMES = 40;
    private static final int MOST_TRACED_FRAMES = 20;
    private static final String CALLER_OF_HANDLERS = HandlerCall.class.getName();
    private static final int LONGEST_TRACED_FRAME = 256;
    private static final String CUT = "…";

    private final StringBuilder text = new StringBuilder();
    private final Set<Throwable> written = Collections.newSetFromMap(new IdentityHashMap<>());

    private final boolean quoting;

    private ErrorText(boolean quoting) {
        this.quoting = quoting;
    }

    /** Returns {@code error} as it is kept with a job. */
    static JobError of(Throwable error) {
        String type = error.getClass().getName();
        String message = message(error);
        return new JobError(type, message, new ErrorText(true).stack(error));
    }

    /**
     * Returns where {@code error} and its causes were thrown, up to the engine's call of the handler and without their
     * messages: as it may be logged.
     */
    static String trace(Throwable error) {
        return new ErrorText(false).stack(error).stripTrailing();
    }

    private String stack(Throwable error) {
        Throwable current = error;
        String before = "";
        while (current != null && written.add(current) && !isFull()) {
            write(before, current);
            before = "Caused by: ";
            current = cause(current);
        }
        return cut(text.toString(), LONGEST_STACK);
    }

    private void write(String before, Throwable error) {
        String message = quoting ? message(error) : null;
        text.append(before).append(error.getClass().getName());
        if (message != null) {
            text.append(": ").append(message);
        }
        text.append('\n');
        StackTraceElement[] frames = frames(error);
        int shown = quoting ? Math.min(frames.length, MOST_FRAMES) : traced(frames);
        for (int i = 0; i < shown && !isFull(); i++) {
            text.append("\tat ").append(frame(frames[i])).append('\n');
        }
        if (frames.length > shown) {
            text.append("\t... ").append(frames.length - shown).append(" more\n");
        }
    }

    private static int traced(StackTraceElement[] frames) {
        int most = Math.min(frames.length, MOST_TRACED_FRAMES);
        for (int i = 1; i < most; i++) {
            if (frames[i].getClassName().equals(CALLER_OF_HANDLERS)) {
                return i;
            }
        }
        return most;
    }

    /** A log line must not hold what looks like another, and frames may be made up. */
    private String frame(StackTraceElement frame) {
        return quoting ? String.valueOf(frame) : Names.shown(String.valueOf(frame), LONGEST_TRACED_FRAME);
    }

    private boolean isFull() {
        return text.length() > LONGEST_STACK;
    }

    private static @Nullable String message(Throwable error) {
        try {
            String message = error.getMessage();
            return message == null ? null : cut(message, LONGEST_MESSAGE);
        } catch (Throwable e) { // users write getMessage() too
            return "(its message cannot be read: " + e.getClass().getName() + ")";
        }
    }

    private static StackTraceElement[] frames(Throwable error) {
        try {
            return error.getStackTrace();
        } catch (Throwable e) { // or override this
            return new StackTraceElement[0];
        }
    }

    private static @Nullable Throwable cause(Throwable error) {
        try {
            return error.getCause();
        } catch (Throwable e) { // or this
            return null;
        }
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - CUT.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
    }
}
