package io.jobqueue.store.redis;

import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.Settlement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes settlements as the arguments {@code exchange.lua} reads. */
final class SettlementFormat {

    private static final byte[] NOTHING = new byte[0];
    private static final int MILLIS = 6;
    private static final int ERROR = 256;

    private SettlementFormat() {}

    /** Writes settlements, and which types the worker takes, and how many jobs of them; {@code keys} name its own channel. */
    static void write(ExchangeRequest request, RedisKeys keys, ScriptArguments arguments) {
        List<? extends Settlement> settlements = request.settlements();
        Set<String> types = request.types();
        Map<String, Integer> room = request.room();
        boolean plain = types.isEmpty() && room.isEmpty() && arePlain(settlements);
        arguments.number(settlements.size()).number(plain ? 1 : 0);
        settlements.forEach(settlement -> arguments.text(settlement.token().jobId()));
        arguments.number(types.size() + room.size());
        types.forEach(arguments::text);
        room.forEach((type, jobs) -> arguments.text(type + '\n' + jobs));
        if (plain) {
            writePlain(settlements, ownChannel(request, keys), arguments);
        } else {
            settlements.forEach(settlement -> arguments.bytes(ScriptArguments.kindAndFence(
                    kind(settlement), settlement.token().fence())));
            settlements.forEach(settlement -> arguments.bytes(data(settlement)));
        }
    }

    /** Returns whether all complete jobs of their own, to be kept equally long, so that one command a kind can do it. */
    private static boolean arePlain(List<? extends Settlement> settlements) {
        Set<String> ids = new HashSet<>(2 * settlements.size());
        Duration retention = null;
        for (Settlement settlement : settlements) {
            if (!(settlement instanceof Settlement.Complete complete)
                    || (retention != null && !retention.equals(complete.retention()))
                    || !ids.add(complete.token().jobId())) {
                return false;
            }
            retention = complete.retention();
        }
        return true;
    }

    /** Claims of one call share a fence and mostly end together, so a fence is written once a run of them. */
    private static void writePlain(
            List<? extends Settlement> settlements, String ownChannel, ScriptArguments arguments) {
        ScriptArguments runs = new ScriptArguments(4);
        boolean results = false;
        int from = 0;
        for (int i = 0; i < settlements.size(); i++) {
            results |= result(settlements.get(i)).length > 0;
            long fence = settlements.get(i).token().fence();
            if (i + 1 == settlements.size() || settlements.get(i + 1).token().fence() != fence) {
                runs.bytes(ScriptArguments.fence(fence)).number(i + 1 - from);
                from = i + 1;
            }
        }
        Duration retention =
                settlements.isEmpty() ? Duration.ZERO : ((Settlement.Complete) settlements.get(0)).retention();
        arguments
                .bytes(millis(retention, 0).toBytes())
                .number(runs.values().size() / 2)
                .number(results ? settlements.size() : 0)
                .text(retention.isZero() ? "" : ownChannel); // after a lost answer nobody else could tell
        runs.values().forEach(arguments::bytes);
        if (results) {
            settlements.forEach(settlement -> arguments.bytes(result(settlement)));
        }
    }

    private static String ownChannel(ExchangeRequest request, RedisKeys keys) {
        String own = request.ownReplies();
        return own == null ? "" : keys.replies(own);
    }

    private static byte[] result(Settlement settlement) {
        return settlement instanceof Settlement.Complete complete && complete.result() != null
                ? complete.result()
                : NOTHING;
    }

    private static char kind(Settlement settlement) {
        if (settlement instanceof Settlement.Complete) {
            return 'C';
        } else if (settlement instanceof Settlement.Retry) {
            return 'R';
        } else if (settlement instanceof Settlement.Fail) {
            return 'F';
        } else if (settlement instanceof Settlement.Cancel) {
            return 'X';
        } else if (settlement instanceof Settlement.HandBack) {
            return 'H';
        } else if (settlement instanceof Settlement.Snooze) {
            return 'Z';
        }
        return 'L';
    }

    private static byte[] data(Settlement settlement) {
        if (settlement instanceof Settlement.Complete complete) {
            byte[] result = result(complete);
            return millis(complete.retention(), result.length).rest(result).toBytes();
        } else if (settlement instanceof Settlement.Retry retry) {
            return ErrorFormat.write(retry.error(), millis(retry.delay(), ERROR))
                    .toBytes();
        } else if (settlement instanceof Settlement.Fail fail) {
            return ErrorFormat.write(fail.error(), millis(fail.retention(), ERROR))
                    .toBytes();
        } else if (settlement instanceof Settlement.Cancel cancel) {
            return millis(cancel.retention(), 0).toBytes();
        } else if (settlement instanceof Settlement.HandBack handBack) {
            return millis(handBack.delay(), 0).toBytes();
        } else if (settlement instanceof Settlement.Snooze snooze) {
            return millis(snooze.delay(), 0).toBytes();
        }
        return NOTHING;
    }

    private static BinaryWriter millis(Duration duration, int more) {
        return new BinaryWriter(MILLIS + more).number(duration.toMillis(), MILLIS);
    }
}
