package io.jobqueue.store.partition;

import io.jobqueue.JobState;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.Partition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Where the jobs of a queue are. A partition is taken for itself wherever a queue is named. Thread-safe. */
final class Places {

    private final Layouts layouts;
    private final JobLedger ledger;

    Places(Layouts layouts, JobLedger ledger) {
        this.layouts = layouts;
        this.ledger = ledger;
    }

    /** Returns what the store calls the partitions of a queue, those of its current layout first. */
    List<String> all(String queue) {
        if (Partition.isNamed(queue)) {
            return List.of(queue);
        }
        return layouts.all(queue).stream()
                .flatMap(layout -> layout.names().stream())
                .toList();
    }

    /** Returns {@link #all}, and asks the store anew which there are. */
    List<String> allNow(String queue) {
        if (!Partition.isNamed(queue)) {
            layouts.refresh();
        }
        return all(queue);
    }

    /** Returns what the store calls the partitions of the current layout of a queue. */
    List<String> current(String queue) {
        return layouts.current(queue).names();
    }

    /** Returns the names of all queues. */
    Set<String> queues() {
        return layouts.queues();
    }

    /**
     * Asks the partitions that may hold a job, one a layout, until one answers what is wanted; the answer of the current
     * layout when none does.
     */
    <T> T first(String queue, String jobId, Predicate<T> wanted, Function<String, T> question) {
        if (Partition.isNamed(queue)) {
            return question.apply(queue);
        }
        T answer = question.apply(layouts.current(queue).nameFor(jobId));
        if (wanted.test(answer)) {
            return answer;
        }
        for (Layout other : layouts.others(queue)) {
            T elsewhere = question.apply(other.nameFor(jobId));
            if (wanted.test(elsewhere)) {
                return elsewhere;
            }
        }
        return answer;
    }

    /** Returns the partition each of the jobs with these ids is in, that of the current layout where none has it. */
    List<String> of(String queue, List<String> jobIds) {
        if (Partition.isNamed(queue)) {
            return jobIds.stream().map(id -> queue).toList();
        }
        return of(queue, jobIds, layouts.others(queue));
    }

    /**
     * Returns the partition that all new jobs of a queue go to; null when there are several.
     *
     * @throws StoreUnavailableException with {@code REFUSED} when the store has never told which there are
     */
    @Nullable
    String only(String queue) {
        if (Partition.isNamed(queue)) {
            return queue;
        }
        Layout current = layouts.current(queue);
        return current.isDivided() || !layouts.othersOfNewJobs(queue).isEmpty()
                ? null
                : current.names().get(0);
    }

    private List<String> of(String queue, List<String> jobIds, List<Layout> others) {
        Layout current = layouts.current(queue);
        List<String> places =
                new ArrayList<>(jobIds.stream().map(current::nameFor).toList());
        if (others.isEmpty()) {
            return places;
        }
        Set<Integer> missing = missing(places, jobIds);
        for (Layout other : others) {
            List<Integer> sought = List.copyOf(missing);
            List<String> soughtIds = sought.stream().map(jobIds::get).toList();
            List<String> candidates = soughtIds.stream().map(other::nameFor).toList();
            Set<Integer> absent = missing(candidates, soughtIds);
            for (int i = 0; i < sought.size(); i++) {
                if (!absent.contains(i)) {
                    places.set(sought.get(i), candidates.get(i));
                    missing.remove(sought.get(i));
                }
            }
        }
        return places;
    }

    /** Returns the indexes of the jobs that are not where they might be. */
    private Set<Integer> missing(List<String> places, List<String> jobIds) {
        Set<Integer> missing = new TreeSet<>();
        grouped(places).forEach((place, indexes) -> {
            for (int from = 0; from < indexes.size(); from += ExchangeRequest.MOST) {
                List<Integer> some = indexes.subList(from, Math.min(indexes.size(), from + ExchangeRequest.MOST));
                List<Optional<JobState>> states =
                        ledger.states(place, some.stream().map(jobIds::get).toList());
                for (int i = 0; i < some.size(); i++) {
                    if (states.get(i).isEmpty()) {
                        missing.add(some.get(i));
                    }
                }
            }
        });
        return missing;
    }

    /** Returns the indexes of equal elements together, in the order in which each was first met. */
    static Map<String, List<Integer>> grouped(List<String> places) {
        Map<String, List<Integer>> grouped = new LinkedHashMap<>();
        for (int i = 0; i < places.size(); i++) {
            grouped.computeIfAbsent(places.get(i), place -> new ArrayList<>()).add(i);
        }
        return grouped;
    }
}
