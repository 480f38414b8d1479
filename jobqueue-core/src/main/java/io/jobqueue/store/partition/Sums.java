package io.jobqueue.store.partition;

import io.jobqueue.QueueCounts;
import io.jobqueue.QueueOverview;
import io.jobqueue.store.Partition;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the partitions of a queue say of themselves, as the queue's own. */
final class Sums {

    private Sums() {}

    static QueueCounts counts(String queue, List<QueueCounts> partitions) {
        return new QueueCounts(
                Partition.queueOf(queue),
                sum(partitions, QueueCounts::scheduled),
                sum(partitions, QueueCounts::waiting),
                sum(partitions, QueueCounts::active),
                sum(partitions, QueueCounts::completed),
                sum(partitions, QueueCounts::failed),
                sum(partitions, QueueCounts::cancelled));
    }

    static QueueOverview overview(String queue, List<QueueOverview> partitions) {
        return new QueueOverview(
                counts(queue, partitions.stream().map(QueueOverview::counts).toList()),
                partitions.stream().anyMatch(QueueOverview::paused),
                partitions.stream()
                        .flatMap(partition -> partition.pausedTypes().stream())
                        .collect(Collectors.toSet()),
                times(partitions, QueueOverview::lastActivity)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                times(partitions, QueueOverview::oldestWaitingSince)
                        .min(Comparator.naturalOrder())
                        .orElse(null));
    }

    private static long sum(List<QueueCounts> partitions, ToLongFunction<QueueCounts> count) {
        return partitions.stream().mapToLong(count).sum();
    }

    private static Stream<Instant> times(
            List<QueueOverview> partitions, Function<QueueOverview, @Nullable Instant> time) {
        return partitions.stream().map(time).filter(Objects::nonNull).map(Objects::requireNonNull);
    }
}
