package io.jobqueue.store.partition;

import io.jobqueue.Dedup;
import io.jobqueue.InvalidJobException;
import io.jobqueue.Names;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.Partition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the partition in which each new job is to be stored: that of its id in the current layout, unless a partition of
 * another layout holds the id or the dedup key already, so that the job is told of itself or of the holder. Thread-safe.
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
        NewJob job = arrival.job();
        requireOnePartition(current, job);
        return (arrival.generated() && job.dedup() == null)
                        || layouts.othersOfNewJobs(queue).isEmpty()
                ? current.nameFor(job.id())
                : places(queue, List.of(arrival), inquiry).get(0);
    }

    /** Returns the partition of each job, in order, all of which may be stored already; see below. */
    List<String> places(String queue, List<NewJob> jobs) {
        return places(queue, jobs.stream().map(job -> new Arrival(job, false)).toList(), this::holds);
    }

    /**
     * Returns the partition of each job, in order. A job whose id was generated may have to be given another one, that
     * falls into its partition.
     *
     * @param inquiry asks partitions of other layouts, each once for as many jobs as it takes, and none that is empty
     * @throws InvalidJobException when the dedup key of a job is in another partition than its id, which was not generated
     * @throws StoreUnavailableException with {@code REFUSED} when a partition that may hold an id or a key does not
     *     answer, or the store has never told which there are
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
        Map<Integer, String> elsewhere = elsewhere(layouts.othersOfNewJobs(queue), arrivals, inquiry);
        if (!elsewhere.isEmpty()) {
            List<Question> own = elsewhere.keySet().stream()
                    .map(index -> new Question(index, places.get(index), sought(arrivals.get(index))))
                    .toList();
            held(own, inquiry).forEach(question -> elsewhere.remove(question.index()));
            elsewhere.forEach((index, place) -> {
                requireFit(place, arrivals.get(index));
                places.set(index, place);
            });
        }
        return places;
    }

    /** Returns for the indexes of jobs whose id or key a partition of another layout holds which that is. */
    private Map<Integer, String> elsewhere(List<Layout> others, List<Arrival> arrivals, Inquiry inquiry) {
        List<Question> questions = new ArrayList<>();
        for (Layout other : others) {
            for (int i = 0; i < arrivals.size(); i++) {
                addQuestions(i, arrivals.get(i), other, questions);
            }
        }
        Map<Integer, String> elsewhere = new TreeMap<>();
        held(questions, inquiry).forEach(question -> elsewhere.putIfAbsent(question.index(), question.partition()));
        return elsewhere;
    }

    private void addQuestions(int index, Arrival arrival, Layout other, List<Question> questions) {
        Sought sought = sought(arrival);
        String byId = sought.id() == null ? null : other.nameFor(sought.id());
        String byKey = sought.key() == null ? null : other.nameFor(sought.key());
        if (byId != null && byKey != null && !byId.equals(byKey)) {
            addQuestion(index, byId, new Sought(sought.id(), null), questions);
            addQuestion(index, byKey, new Sought(null, sought.key()), questions);
        } else {
            addQuestion(index, byId == null ? byKey : byId, sought, questions);
        }
    }

    private void addQuestion(int index, @Nullable String partition, Sought sought, List<Question> questions) {
        if (partition != null && vacancies.mayHold(partition)) {
            questions.add(new Question(index, partition, sought));
        }
    }

    private static Sought sought(Arrival arrival) {
        NewJob job = arrival.job();
        Dedup dedup = job.dedup();
        return new Sought(arrival.generated() ? null : job.id(), dedup == null ? null : dedup.key());
    }

    /** Returns the questions that are answered by yes, in order. */
    private static List<Question> held(List<Question> questions, Inquiry inquiry) {
        Map<String, List<Question>> byPartition = new LinkedHashMap<>();
        questions.forEach(question -> byPartition
                .computeIfAbsent(question.partition(), any -> new ArrayList<>())
                .add(question));
        Set<Question> held = new HashSet<>();
        byPartition.forEach((partition, all) -> {
            for (int from = 0; from < all.size(); from += ExchangeRequest.MOST) {
                List<Question> some = all.subList(from, Math.min(all.size(), from + ExchangeRequest.MOST));
                List<Boolean> answers =
                        ask(partition, some.stream().map(Question::sought).toList(), inquiry);
                for (int i = 0; i < some.size(); i++) {
                    if (answers.get(i)) {
                        held.add(some.get(i));
                    }
                }
            }
        });
        return questions.stream().filter(held::contains).toList();
    }

    /** However an inquiry ends, nothing is stored by it. */
    private static List<Boolean> ask(String partition, List<Sought> sought, Inquiry inquiry) {
        try {
            return inquiry.holds(partition, sought);
        } catch (StoreUnavailableException e) {
            throw new StoreUnavailableException(
                    "partition " + Names.shown(Partition.named(partition).toString())
                            + " of another number may hold the job and does not answer, nothing was stored: "
                            + e.getMessage(),
                    Outcome.REFUSED,
                    e);
        }
    }

    /** Asks a partition itself; see {@link Inquiry}. */
    List<Boolean> holds(String partition, List<Sought> sought) {
        Set<String> ids = present(sought.stream().map(Sought::id), some -> ledger.states(partition, some));
        Set<String> keys = present(sought.stream().map(Sought::key), some -> ledger.holders(partition, some));
        return sought.stream()
                .map(one -> ids.contains(one.id()) || keys.contains(one.key()))
                .toList();
    }

    /** Returns those of what is sought to which the answer is present. */
    private static Set<String> present(
            Stream<@Nullable String> sought, Function<List<String>, ? extends List<? extends Optional<?>>> question) {
        List<String> asked = sought.filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .distinct()
                .toList();
        Set<String> present = new HashSet<>();
        if (!asked.isEmpty()) {
            List<? extends Optional<?>> answers = question.apply(asked);
            for (int i = 0; i < asked.size(); i++) {
                if (answers.get(i).isPresent()) {
                    present.add(asked.get(i));
                }
            }
        }
        return present;
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

    /** Refuses a job that nobody would find in the partition that holds its key, should the key be free by then. */
    private static void requireFit(String place, Arrival arrival) {
        NewJob job = arrival.job();
        Partition partition = Partition.named(place);
        if (!arrival.generated() && job.dedup() != null && !partition.has(job.id())) {
            throw new InvalidJobException("job '" + Names.shown(job.id()) + "': its dedup key '"
                    + Names.shown(job.dedup().key()) + "' is held in another of " + partition.of()
                    + " partitions that queue '" + Names.shown(partition.queue())
                    + "' had or has elsewhere; leave the id out, so that one is made that falls into the same");
        }
    }

    /**
     * A question to a partition of another layout.
     *
     * @param index which job it concerns
     */
    private record Question(int index, String partition, Sought sought) {}
}
