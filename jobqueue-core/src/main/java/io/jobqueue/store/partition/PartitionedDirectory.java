package io.jobqueue.store.partition;

import io.jobqueue.LiveWorker;
import io.jobqueue.store.WorkerDirectory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Shows a worker that serves many partitions of a queue as one. */
final class PartitionedDirectory implements WorkerDirectory {

    private final WorkerDirectory workers;
    private final Places places;

    PartitionedDirectory(WorkerDirectory workers, Places places) {
        this.workers = workers;
        this.places = places;
    }

    @Override
    public List<LiveWorker> live(String queue) {
        List<String> partitions = places.all(queue);
        if (partitions.size() == 1 && partitions.get(0).equals(queue)) {
            return workers.live(queue);
        }
        Map<String, List<LiveWorker>> byName = new TreeMap<>();
        for (String partition : partitions) {
            workers.live(partition).stream()
                    .collect(Collectors.groupingBy(LiveWorker::name))
                    .forEach((name, sessions) ->
                            join(byName.computeIfAbsent(name, any -> new ArrayList<>()), sessions, queue));
        }
        return byName.values().stream()
                .flatMap(same -> same.stream().sorted(Comparator.comparing(LiveWorker::since)))
                .toList();
    }

    /** Processes of one name cannot be told apart: the oldest session of every partition is taken for the first one's. */
    private static void join(List<LiveWorker> known, List<LiveWorker> sessions, String queue) {
        for (int i = 0; i < sessions.size(); i++) {
            if (i < known.size()) {
                known.set(i, joined(known.get(i), sessions.get(i)));
            } else {
                known.add(called(sessions.get(i), queue));
            }
        }
    }

    private static LiveWorker called(LiveWorker worker, String queue) {
        return new LiveWorker(worker.name(), queue, worker.since(), worker.leaseUntil(), worker.holds(), worker.jobs());
    }

    private static LiveWorker joined(LiveWorker one, LiveWorker other) {
        List<LiveWorker.HeldJob> jobs = new ArrayList<>(one.jobs());
        jobs.addAll(other.jobs());
        jobs.sort(Comparator.comparing(LiveWorker.HeldJob::since));
        return new LiveWorker(
                one.name(),
                one.queue(),
                one.since().isBefore(other.since()) ? one.since() : other.since(),
                one.leaseUntil().isAfter(other.leaseUntil()) ? one.leaseUntil() : other.leaseUntil(),
                one.holds() + other.holds(),
                jobs.subList(0, Math.min(jobs.size(), LiveWorker.MOST_JOBS)));
    }

    @Override
    public void pause(String queue, String worker) {
        places.allNow(queue).forEach(partition -> workers.pause(partition, worker));
    }

    @Override
    public void resume(String queue, String worker) {
        places.allNow(queue).forEach(partition -> workers.resume(partition, worker));
    }

    @Override
    public Set<String> paused(String queue) {
        return places.all(queue).stream()
                .flatMap(partition -> workers.paused(partition).stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
