package io.jobqueue.store.partition;

import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The answers to one call that concerns several partitions. */
final class Answers {

    private Answers() {}

    /**
     * Asks one partition after the other and brings the answers into the order of what was asked.
     *
     * @param indexes which of what is asked concerns which partition
     * @param call asks a partition about what has these indexes, and answers in their order
     * @throws StoreUnavailableException with {@code REFUSED} only when no partition was reached
     */
    static <A> List<A> of(Map<String, List<Integer>> indexes, BiFunction<String, List<Integer>, List<A>> call) {
        SortedMap<Integer, A> answers = new TreeMap<>();
        boolean begun = false;
        for (Map.Entry<String, List<Integer>> part : indexes.entrySet()) {
            List<A> some = ask(part.getKey(), part.getValue(), call, begun);
            for (int i = 0; i < some.size(); i++) {
                answers.put(part.getValue().get(i), some.get(i));
            }
            begun = true;
        }
        return List.copyOf(answers.values());
    }

    private static <A> List<A> ask(
            String partition, List<Integer> indexes, BiFunction<String, List<Integer>, List<A>> call, boolean begun) {
        try {
            return call.apply(partition, indexes);
        } catch (StoreUnavailableException e) {
            if (begun && e.outcome() == Outcome.REFUSED) {
                throw new StoreUnavailableException(
                        "it has happened in other partitions of the queue, then " + e.getMessage(), Outcome.UNKNOWN, e);
            }
            throw e;
        }
    }
}
