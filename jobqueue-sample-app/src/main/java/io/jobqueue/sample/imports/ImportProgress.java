package io.jobqueue.sample.imports;

import io.jobqueue.JobError;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.QueueCounts;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks up how far the rows of an import have come. */
@Component
class ImportProgress {

    private static final int MOST_INSPECTED = 1_000;
    private static final int MOST_FAILURES = 20;

    private final JobQueue jobQueue;
    private final ImportLines lines;

    ImportProgress(JobQueue jobQueue, ImportLines lines) {
        this.jobQueue = jobQueue;
        this.lines = lines;
    }

    /**
     * How far an import has come.
     *
     * @param importId the import
     * @param rows how many rows it has
     * @param inspected how many of them were looked up: the first {@value #MOST_INSPECTED} at most
     * @param states how many of those are in which state; rows past their retention are in none
     * @param failures the first failed ones
     * @param queue the counts of the queue that all imports share
     */
    record Report(
            String importId,
            int rows,
            int inspected,
            Map<JobState, Long> states,
            List<Failure> failures,
            QueueCounts queue) {}

    /** One failed row. */
    record Failure(String job, int attempts, @Nullable String error) {

        private static Failure of(JobSnapshot job) {
            JobError error = job.error();
            return new Failure(job.id().value(), job.attempts(), error == null ? null : error.message());
        }
    }

    /** Returns the report, or empty when there is no such import. */
    Optional<Report> of(ImportId id) throws IOException {
        return lines.of(id).map(all -> report(id, all));
    }

    private Report report(ImportId id, List<Integer> all) {
        List<Integer> inspected = all.subList(0, Math.min(all.size(), MOST_INSPECTED));
        List<JobSnapshot> jobs = inspected.stream()
                .map(line -> JobId.of(OrderImportHandler.QUEUE, id.jobOfLine(line)))
                .flatMap(job -> jobQueue.find(job).stream())
                .toList();
        return new Report(
                id.value(),
                all.size(),
                inspected.size(),
                jobs.stream().collect(Collectors.groupingBy(JobSnapshot::state, TreeMap::new, Collectors.counting())),
                jobs.stream()
                        .filter(job -> job.state() == JobState.FAILED)
                        .limit(MOST_FAILURES)
                        .map(Failure::of)
                        .toList(),
                jobQueue.counts(OrderImportHandler.QUEUE));
    }
}
