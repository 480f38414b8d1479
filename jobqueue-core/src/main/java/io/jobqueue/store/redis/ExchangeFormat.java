package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.store.Claim;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.ExchangeAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the answer of {@code exchange.lua}. */
final class ExchangeFormat {

    private static final int SEQUENCE = 6;
    private static final int OWN_UNTOLD = 7;
    private static final int CUT_SHORT = 8;
    private static final byte[] NO_MARK = new byte[0];

    private ExchangeFormat() {}

    static ExchangeAnswer sessionLost(int settlements) {
        return new ExchangeAnswer(true, Collections.nCopies(settlements, false), List.of(), false, null, Instant.EPOCH);
    }

    static ExchangeAnswer read(List<?> parts, int settlements) {
        long micros = RedisTransitions.number(parts.get(0));
        return new ExchangeAnswer(
                false,
                settled((byte[]) parts.get(1), settlements),
                claims(parts),
                isPaused((byte[]) parts.get(3)),
                untilDue((byte[]) parts.get(2)),
                instant(micros),
                parts.size() > OWN_UNTOLD && parts.get(OWN_UNTOLD) != null,
                parts.size() > CUT_SHORT);
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
    }

    static @Nullable Duration untilDue(byte[] millis) {
        return millis.length == 0 ? null : Duration.ofMillis(RedisTransitions.number(millis));
    }

    private static List<Boolean> settled(byte[] digits, int settlements) {
        if (digits.length == 0) {
            return Collections.nCopies(settlements, true);
        }
        List<Boolean> settled = new ArrayList<>(settlements);
        for (byte digit : digits) {
            settled.add(digit == '1');
        }
        return settled;
    }

    private static boolean isPaused(byte[] fence) {
        return fence.length == 1;
    }

    private static List<Claim> claims(List<?> parts) {
        List<?> entries = (List<?>) parts.get(4);
        if (entries.isEmpty()) {
            return List.of();
        }
        List<?> records = (List<?>) parts.get(5);
        List<?> marks = (List<?>) parts.get(6);
        long fence = RedisTransitions.number(parts.get(3));
        List<Claim> claims = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            byte[] mark = i < marks.size() ? (byte[]) marks.get(i) : null;
            claims.add(claim((byte[]) entries.get(i), fence, (byte[]) records.get(i), mark != null ? mark : NO_MARK));
        }
        return claims;
    }

    private static Claim claim(byte[] entry, long fence, byte[] record, byte[] mark) {
        String id = new String(entry, SEQUENCE, entry.length - SEQUENCE, UTF_8);
        StandingFormat job = StandingFormat.read(record, mark);
        return new Claim(
                new ClaimToken(id, fence),
                job.spec(),
                job.failures() + 1,
                job.crashes(),
                job.handBacks(),
                job.waitingSince(),
                job.defect());
    }
}
