package io.jobqueue.store.partition;

import io.jobqueue.JobState;
import io.jobqueue.store.JobPage;
import io.jobqueue.store.StoredJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Pages of a queue made of pages of its partitions. */
final class Pages {

    /** Reads a page of one partition. */
    @FunctionalInterface
    interface Reading {

        JobPage read(String partition, @Nullable String cursor, int limit);
    }

    private static final Comparator<@Nullable Instant> SOONEST =
            Comparator.nullsLast(Comparator.<Instant>naturalOrder());
    private static final Comparator<@Nullable Instant> NEWEST =
            Comparator.nullsLast(Comparator.<Instant>reverseOrder());

    private final Places places;

    Pages(Places places) {
        this.places = places;
    }

    /** Returns a page in no order: one partition after the other. */
    JobPage oneByOne(String queue, @Nullable String cursor, int limit, Reading reading) {
        List<String> partitions = places.all(queue);
        if (partitions.size() == 1) {
            return reading.read(partitions.get(0), cursor, limit);
        }
        Positions positions = Positions.read(cursor, partitions.size());
        for (int i = 0; i < partitions.size(); i++) {
            if (positions.hasMore(i)) {
                JobPage page = reading.read(partitions.get(i), positions.cursor(i), limit);
                positions.move(i, page.next());
                return new JobPage(page.jobs(), positions.write());
            }
        }
        return new JobPage(List.of(), null);
    }

    /**
     * Returns a page in the order of a state: that of every partition is kept, and what is next in each is compared. What
     * was read too far is read again with the next page.
     */
    JobPage merged(String queue, JobState state, @Nullable String cursor, int limit, Reading reading) {
        Comparator<StoredJob> order = order(state);
        if (order == null) {
            return oneByOne(queue, cursor, limit, reading);
        }
        List<String> partitions = places.all(queue);
        if (partitions.size() == 1) {
            return reading.read(partitions.get(0), cursor, limit);
        }
        Positions positions = Positions.read(cursor, partitions.size());
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < partitions.size(); i++) {
            if (positions.hasMore(i)) {
                lines.add(new Line(i, reading.read(partitions.get(i), positions.cursor(i), limit)));
            }
        }
        List<StoredJob> merged = merge(lines, order, limit);
        for (Line line : lines) {
            if (line.isUsedUp()) {
                positions.move(line.partition, line.page.next());
            } else {
                passOver(line.takenIds(), positions, line.partition, partitions.get(line.partition), reading);
            }
        }
        return new JobPage(merged, positions.write());
    }

    /** Moves on behind jobs that follow a position, and before the first other one, though some have gone since they were read. */
    private static void passOver(Set<String> ids, Positions positions, int number, String partition, Reading reading) {
        int left = ids.size();
        while (left > 0) {
            JobPage page = reading.read(partition, positions.cursor(number), left);
            int known = leading(page, ids);
            if (known < page.jobs().size()) {
                left = known; // to be read again, without what comes behind them
            } else {
                positions.move(number, page.next());
                left = page.next() == null ? 0 : left - known;
            }
        }
    }

    /** Returns with how many jobs that have these ids a page begins. */
    private static int leading(JobPage page, Set<String> ids) {
        int leading = 0;
        for (StoredJob job : page.jobs()) {
            if (!ids.contains(job.id())) {
                break;
            }
            leading++;
        }
        return leading;
    }

    private static List<StoredJob> merge(List<Line> lines, Comparator<StoredJob> order, int limit) {
        List<StoredJob> merged = new ArrayList<>();
        while (merged.size() < limit && lines.stream().noneMatch(Line::isUnknown)) {
            Line next = null;
            for (Line line : lines) {
                if (!line.isUsedUp() && (next == null || order.compare(line.head(), next.head()) < 0)) {
                    next = line;
                }
            }
            if (next == null) {
                break;
            }
            merged.add(next.head());
            next.taken++;
        }
        return merged;
    }

    private static @Nullable Comparator<StoredJob> order(JobState state) {
        return switch (state) {
            case SCHEDULED -> Comparator.comparing(StoredJob::dueAt, SOONEST);
            case WAITING ->
                Comparator.<StoredJob>comparingInt(job -> -job.spec().priority())
                        .thenComparing(StoredJob::createdAt);
            case FAILED -> Comparator.comparing(StoredJob::finishedAt, NEWEST);
            default -> null;
        };
    }

    /** What was read of one partition. */
    private static final class Line {

        private final int partition;
        private final JobPage page;
        private int taken;

        Line(int partition, JobPage page) {
            this.partition = partition;
            this.page = page;
        }

        StoredJob head() {
            return page.jobs().get(taken);
        }

        Set<String> takenIds() {
            return page.jobs().subList(0, taken).stream().map(StoredJob::id).collect(Collectors.toSet());
        }

        boolean isUsedUp() {
            return taken == page.jobs().size();
        }

        /** Returns whether there is more that was not read, so that nobody knows what comes next. */
        boolean isUnknown() {
            return isUsedUp() && page.next() != null;
        }
    }
}
