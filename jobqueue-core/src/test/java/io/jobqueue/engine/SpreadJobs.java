package io.jobqueue.engine;

import io.jobqueue.JobId;
import io.jobqueue.JobRequest;
import io.jobqueue.store.Partition;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Jobs of a queue of several partitions.
 *
 * @param ids the first of them belongs to the first partition
 */
record SpreadJobs(String queue, int partitions, List<JobId> ids) {

    static SpreadJobs of(String queue, int partitions, int many) {
        int first = IntStream.iterate(0, i -> i + 1)
                .filter(i -> Partition.numberFor("job-" + i, partitions) == 1)
                .findFirst()
                .orElseThrow();
        return new SpreadJobs(
                queue,
                partitions,
                IntStream.range(first, first + many)
                        .mapToObj(i -> JobId.of(queue, "job-" + i))
                        .toList());
    }

    List<JobRequest> requests() {
        return ids.stream()
                .map(id -> JobRequest.of("type", "payload")
                        .queue(queue)
                        .id(id.value())
                        .build())
                .toList();
    }

    /** Returns how many belong to a partition. */
    int countOf(int partition) {
        return (int) ids.stream()
                .filter(id -> Partition.numberFor(id.value(), partitions) == partition)
                .count();
    }
}
