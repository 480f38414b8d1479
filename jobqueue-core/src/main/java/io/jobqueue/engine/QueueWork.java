package io.jobqueue.engine;

import io.jobqueue.store.Partition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/** All that works on one queue: a station for each of its partitions, with slots that they share. Thread-safe. */
final class QueueWork {

    private final String queue;
    private final Slots slots;
    private final BiFunction<Partition, Slots, Station> opening;
    private final List<Station> stations = new CopyOnWriteArrayList<>();

    QueueWork(String queue, Slots slots, BiFunction<Partition, Slots, Station> opening) {
        this.queue = queue;
        this.slots = slots;
        this.opening = opening;
    }

    String queue() {
        return queue;
    }

    Slots slots() {
        return slots;
    }

    List<Station> stations() {
        return stations;
    }

    boolean serves(Partition partition) {
        return stations.stream().anyMatch(station -> station.partition().equals(partition));
    }

    /** Opens a station for one more partition. */
    Station open(Partition partition) {
        Station station = opening.apply(partition, slots);
        stations.add(station);
        return station;
    }

    /**
     * Returns how it is doing.
     *
     * @param common what troubles the loops that all queues share
     * @param closed whether all of its handlers are paused
     * @param ending whether it claims nothing more
     */
    WorkerStatus status(List<String> common, boolean closed, boolean ending) {
        boolean paused =
                closed || stations.stream().allMatch(station -> station.worker().isPaused());
        int stuck = stations.stream()
                .mapToInt(station -> station.worker().runs().stuck())
                .sum();
        List<String> troubles = new ArrayList<>(common);
        stations.forEach(station -> troubles.addAll(station.troubles()));
        if (stuck >= slots.total()) {
            troubles.add("all slots of " + queue + " are taken by handlers that ignore their interrupt");
        }
        return new WorkerStatus(
                queue,
                slots.total(),
                slots.busy(),
                stuck,
                troubles.isEmpty() && !paused && !ending,
                paused,
                stations.stream()
                        .map(station -> station.worker().sinceAnswer())
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO),
                troubles);
    }
}
