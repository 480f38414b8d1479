package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.Term;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the ARGV of one script call. */
final class ScriptArguments {

    private static final byte[] EMPTY = new byte[0];
    private static final int FENCE_DIGITS = 16;

    /**
     * Makes a claim's token, session and fence, longer than the 64 bytes up to which Redis searches the values of a hash
     * one by one (hash-max-listpack-value): an exchange of 100 jobs would compare ids thousands of times.
     */
    private static final String TAIL_OF_SESSION = "-".repeat(17);

    private final List<byte[]> values;

    ScriptArguments(int expected) {
        values = new ArrayList<>(expected);
    }

    ScriptArguments text(String value) {
        return bytes(value.getBytes(UTF_8));
    }

    ScriptArguments bytes(byte[] value) {
        values.add(value);
        return this;
    }

    ScriptArguments empty() {
        return bytes(EMPTY);
    }

    ScriptArguments number(long value) {
        return bytes(Long.toString(value).getBytes(ISO_8859_1));
    }

    ScriptArguments numberOrEmpty(@Nullable Integer value) {
        return value == null ? empty() : number(value);
    }

    ScriptArguments millis(Duration value) {
        return number(value.toMillis());
    }

    ScriptArguments session(WorkerSession session) {
        return text(session.id() + TAIL_OF_SESSION);
    }

    ScriptArguments leaseOf(WorkerSession session) {
        return session(session).millis(session.lease());
    }

    ScriptArguments workerOf(WorkerSession session) {
        return leaseOf(session).number(session.epoch()).text(session.worker());
    }

    ScriptArguments token(ClaimToken token) {
        return text(token.jobId()).bytes(fence(token.fence()));
    }

    ScriptArguments term(Term term) {
        return text(term.holder()).number(term.number());
    }

    List<byte[]> values() {
        return values;
    }

    /** Returns a fence as the scripts compare it: 16 digits. */
    static byte[] fence(long fence) {
        return fence(fence, 0);
    }

    /** Returns the kind of a settlement and its fence. */
    static byte[] kindAndFence(char kind, long fence) {
        byte[] text = fence(fence, 1);
        text[0] = (byte) kind;
        return text;
    }

    private static byte[] fence(long fence, int offset) {
        byte[] text = new byte[FENCE_DIGITS + offset];
        long rest = fence;
        for (int i = text.length - 1; i >= offset; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return text;
    }
}
