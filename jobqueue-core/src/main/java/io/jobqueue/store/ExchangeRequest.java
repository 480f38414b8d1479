package io.jobqueue.store;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a worker tells and asks in one call.
 *
 * @param session the worker's session
 * @param settlements claims that end, at most {@value #MOST}
 * @param claims how many jobs the worker can take now, 0 to {@value #MOST}
 * @param cancelledRetention how long a job is kept whose settlement finds it cancelled
 * @param types the only types whose jobs the worker can take, at most {@value #MOST}; empty for every type
 * @param room how many jobs the worker can take of types of which it cannot take any number, 0 for none. A job for which
 *     there is no room is passed over and keeps its place, like one of a type that the worker does not take
 * @param ownReplies the address at which the caller itself waits for jobs: the store need not tell it of completions of
 *     this call, if the answer says so; null when every address is to be told
 */
public record ExchangeRequest(
        WorkerSession session,
        List<? extends Settlement> settlements,
        int claims,
        Duration cancelledRetention,
        Set<String> types,
        Map<String, Integer> room,
        @Nullable String ownReplies) {

    /** The most settlements, and the most claims, of one call. */
    public static final int MOST = 100;

    /**
     * A claim ends with the job with which the payloads of the call come to about so many bytes, the first or a later one,
     * so that no call holds the store up or fills the memory of the worker.
     */
    public static final int MOST_BYTES = 1024 * 1024;

    /** How many jobs that have become due one call lets wait: few, since it has more to do. */
    public static final int MOST_PROMOTED = 50;

    /** Copies the collections and checks the bounds. */
    public ExchangeRequest {
        types = Set.copyOf(types);
        room = Map.copyOf(room);
        if (room.values().stream().anyMatch(jobs -> jobs < 0)) {
            throw new IllegalArgumentException("exchange with room " + room + ": must be zero or more of each type");
        }
        if (types.size() > MOST) {
            throw new IllegalArgumentException("exchange for " + types.size() + " types: must be at most " + MOST);
        }
        settlements = List.copyOf(settlements);
        if (settlements.size() > MOST || claims < 0 || claims > MOST) {
            throw new IllegalArgumentException("exchange of " + settlements.size() + " settlements and " + claims
                    + " claims: each must be at most " + MOST);
        }
    }

    /** Has every address told. */
    public ExchangeRequest(
            WorkerSession session,
            List<? extends Settlement> settlements,
            int claims,
            Duration cancelledRetention,
            Set<String> types,
            Map<String, Integer> room) {
        this(session, settlements, claims, cancelledRetention, types, room, null);
    }

    /** Takes any number of jobs of these types. */
    public ExchangeRequest(
            WorkerSession session,
            List<? extends Settlement> settlements,
            int claims,
            Duration cancelledRetention,
            Set<String> types) {
        this(session, settlements, claims, cancelledRetention, types, Map.of());
    }

    /** Takes jobs of every type. */
    public ExchangeRequest(
            WorkerSession session, List<? extends Settlement> settlements, int claims, Duration cancelledRetention) {
        this(session, settlements, claims, cancelledRetention, Set.of());
    }
}
