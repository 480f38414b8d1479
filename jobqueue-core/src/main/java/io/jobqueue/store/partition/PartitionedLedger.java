package io.jobqueue.store.partition;

import io.jobqueue.Attempt;
import io.jobqueue.JobQuery;
import io.jobqueue.JobState;
import io.jobqueue.LogLine;
import io.jobqueue.QueueCounts;
import io.jobqueue.QueueOverview;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobPage;
import io.jobqueue.store.StoredJob;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a job where it is, and a queue as the sum of its partitions. */
final class PartitionedLedger implements JobLedger {

    private final JobLedger ledger;
    private final Places places;
    private final Pages pages;

    PartitionedLedger(JobLedger ledger, Places places) {
        this.ledger = ledger;
        this.places = places;
        pages = new Pages(places);
    }

    @Override
    public Optional<StoredJob> find(String queue, String jobId) {
        return places.first(queue, jobId, Optional::isPresent, partition -> ledger.find(partition, jobId));
    }

    @Override
    public List<Optional<JobState>> states(String queue, List<String> jobIds) {
        return Answers.of(
                Places.grouped(places.of(queue, jobIds)),
                (partition, indexes) -> ledger.states(
                        partition, indexes.stream().map(jobIds::get).toList()));
    }

    @Override
    public JobPage list(String queue, JobState state, @Nullable String cursor, int limit) {
        return pages.merged(
                queue, state, cursor, limit, (partition, from, most) -> ledger.list(partition, state, from, most));
    }

    @Override
    public List<LogLine> log(String queue, String jobId) {
        return places.first(queue, jobId, lines -> !lines.isEmpty(), partition -> ledger.log(partition, jobId));
    }

    @Override
    public List<Attempt> history(String queue, String jobId) {
        return places.first(
                queue, jobId, attempts -> !attempts.isEmpty(), partition -> ledger.history(partition, jobId));
    }

    @Override
    public JobPage search(String queue, JobQuery query, @Nullable String cursor, int limit) {
        return pages.oneByOne(
                queue, cursor, limit, (partition, from, most) -> ledger.search(partition, query, from, most));
    }

    @Override
    public QueueOverview overview(String queue) {
        return Sums.overview(
                queue, places.all(queue).stream().map(ledger::overview).toList());
    }

    @Override
    public QueueCounts counts(String queue) {
        return Sums.counts(queue, places.all(queue).stream().map(ledger::counts).toList());
    }

    @Override
    public List<Optional<String>> holders(String queue, List<String> dedupKeys) {
        return dedupKeys.stream()
                .map(key -> places.first(
                        queue,
                        key,
                        Optional::isPresent,
                        partition -> ledger.holders(partition, List.of(key)).get(0)))
                .toList();
    }

    @Override
    public boolean isEmpty(String queue) {
        return places.all(queue).stream().allMatch(ledger::isEmpty);
    }

    @Override
    public Set<String> queues() {
        return places.queues();
    }
}
