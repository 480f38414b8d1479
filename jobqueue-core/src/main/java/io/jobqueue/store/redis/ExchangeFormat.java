package io.jobqueue.store.redis;

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

    private static final int FIRST_CLAIM = 4;
    private static final int PARTS_OF_CLAIM = 3;

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
                Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000));
    }

    static @Nullable Duration untilDue(byte[] millis) {
        return millis.length == 0 ? null : Duration.ofMillis(RedisTransitions.number(millis));
    }

    private static List<Boolean> settled(byte[] digits, int settlements) {
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
        int count = (parts.size() - FIRST_CLAIM) / PARTS_OF_CLAIM;
        if (count == 0) {
            return List.of();
        }
        long fence = RedisTransitions.number(parts.get(3));
        List<Claim> claims = new ArrayList<>(count);
        for (int i = FIRST_CLAIM; i < parts.size(); i += PARTS_OF_CLAIM) {
            ClaimToken token = new ClaimToken(RedisTransitions.text(parts.get(i)), fence);
            StandingFormat job = StandingFormat.read((byte[]) parts.get(i + 1), (byte[]) parts.get(i + 2));
            claims.add(new Claim(
                    token,
                    job.spec(),
                    job.failures() + 1,
                    job.crashes(),
                    job.handBacks(),
                    job.waitingSince(),
                    job.defect()));
        }
        return claims;
    }
}
