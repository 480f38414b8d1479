package io.jobqueue.store.memory;

import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The waiting jobs of one queue by place. Those of a paused type stand aside, so that no claim has to look at
 * them. Guarded by the queue's lock.
 */
final class WaitingLine {

    private final TreeSet<MemoryJob> ready = new TreeSet<>(WaitingLine::byPlace);
    private final TreeSet<MemoryJob> aside = new TreeSet<>(WaitingLine::byPlace);
    private final Set<String> pausedTypes = new HashSet<>();
    private boolean paused;

    void add(MemoryJob job) {
        side(job).add(job);
    }

    void remove(MemoryJob job) {
        side(job).remove(job);
    }

    int size() {
        return ready.size() + aside.size();
    }

    boolean anyClaimable() {
        return !paused && !ready.isEmpty();
    }

    /** Takes the next job to claim out of the line; null when there is none. */
    @Nullable
    MemoryJob pollClaimable() {
        return paused ? null : ready.pollFirst();
    }

    /** Returns the jobs in the order of their claim, those that stand aside last. */
    Stream<MemoryJob> jobs() {
        return Stream.concat(ready.stream(), aside.stream());
    }

    /** Returns who is next in line in the default, the highest and the lowest priority beside it, as far as there are any. */
    Stream<MemoryJob> heads() {
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
            move(type, ready, aside);
        }
        return added;
    }

    /** Returns whether there was such a pause. */
    boolean resume(@Nullable String type) {
        if (type == null) {
            boolean before = paused;
            paused = false;
            return before;
        }
        boolean removed = pausedTypes.remove(type);
        if (removed) {
            move(type, aside, ready);
        }
        return removed;
    }

    private Set<MemoryJob> side(MemoryJob job) {
        return pausedTypes.contains(job.spec.type()) ? aside : ready;
    }

    private static void move(String type, Set<MemoryJob> from, Set<MemoryJob> to) {
        for (Iterator<MemoryJob> jobs = from.iterator(); jobs.hasNext(); ) {
            MemoryJob job = jobs.next();
            if (job.spec.type().equals(type)) {
                jobs.remove();
                to.add(job);
            }
        }
    }

    private static int byPlace(MemoryJob left, MemoryJob right) {
        int byPriority = Integer.compare(right.spec.priority(), left.spec.priority());
        return byPriority != 0 ? byPriority : Long.compare(left.sequence, right.sequence);
    }
}
