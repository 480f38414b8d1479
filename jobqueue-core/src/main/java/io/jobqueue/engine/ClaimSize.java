package io.jobqueue.engine;

import io.jobqueue.store.Claim;
import io.jobqueue.store.ExchangeRequest;
import java.util.List;

/**
 * How many jobs one call asks for so that it is not cut short by {@link ExchangeRequest#MOST_BYTES}: a worker keeps room for
 * those it has asked for. How large they are is known when they come, so the latest tell of the next. Confined to the
 * worker's loop.
 */
final class ClaimSize {

    private static final double FORGOTTEN_A_CALL = 0.25;

    private double bytes;

    /** Notes what a call has brought: larger payloads count at once, smaller ones by and by. */
    void came(List<Claim> claims) {
        if (claims.isEmpty()) {
            return;
        }
        long sum = 0;
        for (Claim claim : claims) {
            sum += claim.spec().payload().length;
        }
        bytes = Math.max((double) sum / claims.size(), bytes * (1 - FORGOTTEN_A_CALL));
    }

    /** Returns how many jobs the next call may ask for, at least one. */
    int most() {
        return (int) Math.max(1, Math.min(ExchangeRequest.MOST, ExchangeRequest.MOST_BYTES / Math.max(1, bytes)));
    }
}
