package io.jobqueue.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Attempt;
import io.jobqueue.JobQueueException;
import io.jobqueue.JobState;
import io.jobqueue.LogLine;
import io.jobqueue.QueueCounts;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobPage;
import io.jobqueue.store.StoredJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QueueSnapshotTests {

    private final CountingLedger ledger = new CountingLedger();
    private final List<String> seen = new ArrayList<>();
    private long nanos;
    private final QueueSnapshot snapshot = new QueueSnapshot(ledger, () -> Set.of("own"), seen::add, () -> nanos);

    @Test
    void storeIsAskedOnceInTenSeconds() {
        snapshot.counts();
        nanos += Duration.ofSeconds(10).toNanos();
        snapshot.counts();
        assertThat(ledger.calls).isEqualTo(2);

        nanos++;
        snapshot.counts();
        assertThat(ledger.calls).isEqualTo(4);
    }

    @Test
    void failingStoreIsNotAskedAgainBeforeTheTimeIsOver() {
        ledger.broken = true;
        assertThat(snapshot.counts()).isEmpty();
        assertThat(snapshot.counts()).isEmpty();
        assertThat(ledger.calls).isEqualTo(1);
    }

    @Test
    void atMostTwoHundredQueuesAreCountedAndOwnOnesFirst() {
        ledger.queues = IntStream.range(0, 300).mapToObj(i -> "a" + i).collect(Collectors.toSet());
        assertThat(snapshot.counts()).hasSize(200).containsKey("own");
        assertThat(seen).hasSize(200);
    }

    private static final class CountingLedger implements JobLedger {

        private Set<String> queues = Set.of();
        private boolean broken;
        private int calls;

        @Override
        public Optional<StoredJob> find(String queue, String jobId) {
            return Optional.empty();
        }

        @Override
        public List<Optional<JobState>> states(String queue, List<String> jobIds) {
            return Collections.nCopies(jobIds.size(), Optional.empty());
        }

        @Override
        public JobPage list(String queue, JobState state, @Nullable String cursor, int limit) {
            return new JobPage(List.of(), null);
        }

        @Override
        public List<LogLine> log(String queue, String jobId) {
            return List.of();
        }

        @Override
        public List<Attempt> history(String queue, String jobId) {
            return List.of();
        }

        @Override
        public QueueCounts counts(String queue) {
            calls++;
            return new QueueCounts(queue, 0, 0, 0, 0, 0, 0);
        }

        @Override
        public Set<String> queues() {
            calls++;
            if (broken) {
                throw new JobQueueException("out of order");
            }
            return queues;
        }
    }
}
