package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.Names;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Asks, before the first step on a queue, whether the user may do all that scripts do. A script that is refused one of
 * its commands half way has done half of its work. Thread-safe.
 */
final class QueueRights {

    private final RedisScript script;
    private final RedisKeys keys;
    private final AccessAdvice access;
    private final Set<String> granted = ConcurrentHashMap.newKeySet();

    QueueRights(RedisScript script, RedisKeys keys, AccessAdvice access) {
        this.script = script;
        this.keys = keys;
        this.access = access;
    }

    /**
     * Returns when the user may do all; asks only until it may.
     *
     * @param evaluate runs a script with arguments on the keys of the queue
     * @throws StoreUnavailableException when it may not, or there was no answer; nothing was done
     */
    void require(String queue, BiFunction<RedisScript, List<byte[]>, Object> evaluate) {
        if (granted.contains(queue)) {
            return;
        }
        List<?> missing = (List<?>) ask(queue, evaluate);
        if (!missing.isEmpty()) {
            String rules = missing.stream()
                    .map(rule -> new String((byte[]) rule, UTF_8))
                    .collect(Collectors.joining(" "));
            throw new StoreUnavailableException(
                    "queue '" + Names.shown(queue) + "': the user of redis lacks rights that scripts need"
                            + access.allow(rules) + "; nothing was stored",
                    Outcome.REFUSED,
                    null);
        }
        granted.add(queue);
    }

    /** A right was taken away meanwhile: the next step asks again, before it does anything. */
    void forget(String queue) {
        granted.remove(queue);
    }

    private Object ask(String queue, BiFunction<RedisScript, List<byte[]>, Object> evaluate) {
        List<byte[]> channels = List.of(
                keys.cancellations(queue).getBytes(UTF_8), keys.replies("any").getBytes(UTF_8));
        try {
            return evaluate.apply(script, channels);
        } catch (StoreUnavailableException e) {
            throw new StoreUnavailableException(
                    "queue '" + Names.shown(queue) + "': " + e.getMessage(), Outcome.REFUSED, e);
        }
    }
}
