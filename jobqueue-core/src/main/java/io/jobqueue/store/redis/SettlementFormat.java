package io.jobqueue.store.redis;

import io.jobqueue.store.Settlement;
import java.time.Duration;

/** Writes a settlement as the three arguments {@code exchange.lua} reads. */
final class SettlementFormat {

    private static final byte[] NOTHING = new byte[0];
    private static final int MILLIS = 6;
    private static final int ERROR = 256;

    private SettlementFormat() {}

    static void write(Settlement settlement, ScriptArguments arguments) {
        if (settlement instanceof Settlement.Complete complete) {
            byte[] result = complete.result() != null ? complete.result() : NOTHING;
            add('C', complete, millis(complete.retention(), result.length).rest(result), arguments);
        } else if (settlement instanceof Settlement.Retry retry) {
            add('R', retry, ErrorFormat.write(retry.error(), millis(retry.delay(), ERROR)), arguments);
        } else if (settlement instanceof Settlement.Fail fail) {
            add('F', fail, ErrorFormat.write(fail.error(), millis(fail.retention(), ERROR)), arguments);
        } else if (settlement instanceof Settlement.Cancel cancel) {
            add('X', cancel, millis(cancel.retention(), 0), arguments);
        } else if (settlement instanceof Settlement.HandBack handBack) {
            add('H', handBack, millis(handBack.delay(), 0), arguments);
        } else if (settlement instanceof Settlement.Snooze snooze) {
            add('Z', snooze, millis(snooze.delay(), 0), arguments);
        } else {
            add('L', settlement, new BinaryWriter(0), arguments);
        }
    }

    private static BinaryWriter millis(Duration duration, int more) {
        return new BinaryWriter(MILLIS + more).number(duration.toMillis(), MILLIS);
    }

    private static void add(char kind, Settlement settlement, BinaryWriter data, ScriptArguments arguments) {
        arguments
                .text(settlement.token().jobId())
                .bytes(ScriptArguments.kindAndFence(kind, settlement.token().fence()))
                .bytes(data.toBytes());
    }
}
