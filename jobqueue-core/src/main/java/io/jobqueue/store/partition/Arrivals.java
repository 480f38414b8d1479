package io.jobqueue.store.partition;

import io.jobqueue.InvalidJobException;
import io.jobqueue.Names;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.Partition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the partition in which each new job is to be stored: that of its id in the current layout, unless a partition of
 * another layout holds the id already, so that the job is told of itself. Thread-safe.
 */
final class Arrivals {

    private final Layouts layouts;
    private final Vacancies vacancies;
    private final JobLedger ledger;

    Arrivals(Layouts layouts, Vacancies vacancies, JobLedger ledger) {
        this.layouts = layouts;
        this.vacancies = vacancies;
        this.ledger = ledger;
    }

    /** Returns the partition of one job; see {@link #places}. */
    String place(String queue, Arrival arrival, Inquiry inquiry) {
        if (Partition.isNamed(queue)) {
            return queue;
        }
        Layout current = layouts.current(queue);
        requireOnePartition(current, arrival.job());
        return arrival.generated() || layouts.othersKnown(queue).isEmpty()
                ? current.nameFor(arrival.job().id())
                : places(queue, List.of(arrival), inquiry).get(0);
    }

    /** Returns the partition of each job, in order, all of which may be stored already; see below. */
    List<String> places(String queue, List<NewJob> jobs) {
        return places(queue, jobs.stream().map(job -> new Arrival(job, false)).toList(), this::holds);
    }

    /**
     * Returns the partition of each job, in order.
     *
     * @param inquiry asks partitions of other layouts, each once for as many jobs as it takes, and none that is empty
     * @throws InvalidJobException when the dedup key of a job falls into another partition than its id
     * @throws StoreUnavailableException with {@code REFUSED} when a partition that may hold an id does not answer
     */
    List<String> places(String queue, List<Arrival> arrivals, Inquiry inquiry) {
        if (Partition.isNamed(queue)) {
            return arrivals.stream().map(arrival -> queue).toList();
        }
        Layout current = layouts.current(queue);
        arrivals.forEach(arrival -> requireOnePartition(current, arrival.job()));
        List<String> places = new ArrayList<>(arrivals.stream()
                .map(arrival -> current.nameFor(arrival.job().id()))
                .toList());
        Map<Integer, String> elsewhere = elsewhere(layouts.othersKnown(queue), arrivals, inquiry);
        if (!elsewhere.isEmpty()) {
            Map<Integer, String> own = new TreeMap<>();
            elsewhere.keySet().forEach(index -> own.put(index, places.get(index)));
            holding(own, arrivals, inquiry).forEach(elsewhere.keySet()::remove);
            elsewhere.forEach(places::set);
        }
        return places;
    }

    /** Returns for the indexes of jobs that partitions of other layouts hold which these are. */
    private Map<Integer, String> elsewhere(List<Layout> others, List<Arrival> arrivals, Inquiry inquiry) {
        Map<Integer, String> elsewhere = new TreeMap<>();
        for (Layout other : others) {
            Map<Integer, String> candidates = new TreeMap<>();
            for (int i = 0; i < arrivals.size(); i++) {
                Arrival arrival = arrivals.get(i);
                String candidate = other.nameFor(arrival.job().id());
                if (!arrival.generated() && !elsewhere.containsKey(i) && vacancies.mayHold(candidate)) {
                    candidates.put(i, candidate);
                }
            }
            holding(candidates, arrivals, inquiry).forEach(index -> elsewhere.put(index, candidates.get(index)));
        }
        return elsewhere;
    }

    /** Returns the indexes of the jobs that the partitions of the same indexes hold. */
    private static List<Integer> holding(Map<Integer, String> candidates, List<Arrival> arrivals, Inquiry inquiry) {
        Map<String, List<Integer>> byPartition = new LinkedHashMap<>();
        candidates.forEach((index, partition) ->
                byPartition.computeIfAbsent(partition, any -> new ArrayList<>()).add(index));
        List<Integer> holding = new ArrayList<>();
        byPartition.forEach((partition, indexes) -> {
            for (int from = 0; from < indexes.size(); from += ExchangeRequest.MOST) {
                List<Integer> some = indexes.subList(from, Math.min(indexes.size(), from + ExchangeRequest.MOST));
                List<Boolean> answers = ask(
                        partition,
                        some.stream()
                                .map(index -> arrivals.get(index).job().id())
                                .toList(),
                        inquiry);
                for (int i = 0; i < some.size(); i++) {
                    if (answers.get(i)) {
                        holding.add(some.get(i));
                    }
                }
            }
        });
        return holding;
    }

    /** However an inquiry ends, nothing is stored by it. */
    private static List<Boolean> ask(String partition, List<String> ids, Inquiry inquiry) {
        try {
            return inquiry.holds(partition, ids);
        } catch (StoreUnavailableException e) {
            throw new StoreUnavailableException(
                    "partition " + Names.shown(Partition.named(partition).toString())
                            + " of another number may hold the id and does not answer, nothing was stored: "
                            + e.getMessage(),
                    Outcome.REFUSED,
                    e);
        }
    }

    /** Asks a partition itself; see {@link Inquiry}. */
    List<Boolean> holds(String partition, List<String> ids) {
        return ledger.states(partition, ids).stream().map(Optional::isPresent).toList();
    }

    private static void requireOnePartition(Layout layout, NewJob job) {
        if (layout.isDivided()
                && job.dedup() != null
                && !layout.nameFor(job.id()).equals(layout.nameFor(job.dedup().key()))) {
            throw new InvalidJobException("job '" + Names.shown(job.id()) + "': its dedup key '"
                    + Names.shown(job.dedup().key()) + "' falls into another of the " + layout.count()
                    + " partitions of queue '" + Names.shown(layout.queue())
                    + "'; leave the id out, so that one is made that falls into the same");
        }
    }
}
