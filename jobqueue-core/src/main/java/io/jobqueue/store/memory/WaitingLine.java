package io.jobqueue.store.memory;

import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The waiting jobs of one queue by place. Those of a paused type, and those that a worker has passed over, stand aside,
 * so that no claim has to look at them. Guarded by the queue's lock.
 */
final class WaitingLine {

    private final TreeSet<MemoryJob> ready = new TreeSet<>(MemoryJob::byPlace);
    private final AsideLine aside = new AsideLine();
    private final Set<String> pausedTypes = new HashSet<>();
    private boolean paused;
    private long passedOver;

    void add(MemoryJob job) {
        if (pausedTypes.contains(job.spec.type())) {
            aside.add(job);
        } else {
            ready.add(job);
        }
    }

    void addAside(MemoryJob job) {
        aside.add(job);
    }

    boolean isAside(MemoryJob job) {
        return aside.contains(job);
    }

    void remove(MemoryJob job) {
        if (!ready.remove(job)) {
            aside.remove(job);
        }
    }

    int size() {
        return ready.size() + aside.size();
    }

    boolean anyClaimable() {
        return !paused && !ready.isEmpty();
    }

    /** Returns whether jobs stand aside that a worker could claim that takes such types. */
    boolean anyAside(Predicate<String> takes) {
        return !paused && aside.first(type -> isUsable(type, takes)) != null;
    }

    /** Returns how often there was news so far of jobs that stand aside and another worker may take. */
    long passedOver() {
        return passedOver;
    }

    /**
     * Takes the next job to claim out of the line, and sets those of other types before it aside; null when there is none.
     *
     * @param takes whether jobs of a type are taken
     */
    @Nullable
    MemoryJob pollClaimable(Predicate<String> takes) {
        if (paused) {
            return null;
        }
        MemoryJob first = aside.size() == 0 ? null : aside.first(type -> isUsable(type, takes));
        while (!ready.isEmpty() && (first == null || MemoryJob.byPlace(ready.first(), first) < 0)) {
            MemoryJob next = ready.pollFirst();
            if (isUsable(next.spec.type(), takes)) {
                return next;
            }
            aside.add(next);
            passedOver++;
        }
        if (first != null) {
            aside.remove(first);
        }
        return first;
    }

    /** Returns the jobs, those that stand aside last. */
    Stream<MemoryJob> jobs() {
        return Stream.concat(ready.stream(), aside.jobs(type -> true));
    }

    /** Returns the jobs in the order of their claim, those of paused types last. */
    Stream<MemoryJob> inOrder() {
        Stream<MemoryJob> claimable = Stream.concat(ready.stream(), aside.jobs(type -> !pausedTypes.contains(type)))
                .sorted(MemoryJob::byPlace);
        return Stream.concat(claimable, aside.jobs(pausedTypes::contains));
    }

    /** Returns who is next in line, of each type that stands aside too. */
    Stream<MemoryJob> heads() {
        return Stream.concat(headsOfReady(), aside.heads(type -> !pausedTypes.contains(type)));
    }

    /** Returns who is next in line in the default, the highest and the lowest priority beside it, as far as there are any. */
    private Stream<MemoryJob> headsOfReady() {
        if (ready.isEmpty()) {
            return Stream.empty();
        }
        MemoryJob higher = ready.lower(before(0));
        MemoryJob lower = ready.ceiling(before(-1));
        MemoryJob lowest = lower != null ? ready.last() : higher;
        return Stream.of(
                        Optional.ofNullable(ready.ceiling(before(0))).filter(job -> job.spec.priority() == 0),
                        Optional.ofNullable(higher != null ? ready.first() : lower),
                        Optional.ofNullable(lowest).map(job -> ready.ceiling(before(job.spec.priority()))))
                .flatMap(Optional::stream);
    }

    /** Returns a mark in front of all jobs of a priority. */
    private static MemoryJob before(int priority) {
        MemoryJob mark = new MemoryJob("", new JobSpec("", new byte[0], priority, JobOptions.NONE), 0);
        mark.sequence = Long.MIN_VALUE;
        return mark;
    }

    boolean isPaused() {
        return paused;
    }

    /** Returns the types paused one by one; a copy. */
    Set<String> pausedTypes() {
        return Set.copyOf(pausedTypes);
    }

    /** Returns whether there was no such pause. */
    boolean pause(@Nullable String type) {
        if (type == null) {
            boolean before = paused;
            paused = true;
            return !before;
        }
        boolean added = pausedTypes.add(type);
        if (added) {
            setAside(type);
        }
        return added;
    }

    /** Returns whether there was such a pause. */
    boolean resume(@Nullable String type) {
        if (type == null) {
            boolean before = paused;
            paused = false;
            tellOfThoseAside();
            return before;
        }
        boolean removed = pausedTypes.remove(type);
        ready.addAll(aside.takeAll(type));
        if (removed) {
            tellOfThoseAside();
        }
        return removed;
    }

    /** A worker that is woken by the end of a pause may not be the one who can take what stands aside. */
    private void tellOfThoseAside() {
        if (aside.size() > 0) {
            passedOver++;
        }
    }

    private boolean isUsable(String type, Predicate<String> takes) {
        return takes.test(type) && !pausedTypes.contains(type);
    }

    private void setAside(String type) {
        for (Iterator<MemoryJob> jobs = ready.iterator(); jobs.hasNext(); ) {
            MemoryJob job = jobs.next();
            if (job.spec.type().equals(type)) {
                jobs.remove();
                aside.add(job);
            }
        }
    }
}
