package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.EnqueueUnknownException;
import io.jobqueue.Enqueued;
import io.jobqueue.Enqueued.Status;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.store.Partition;
import io.jobqueue.store.redis.RedisConnection;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.testkit.Patience;
import io.jobqueue.testkit.RedisCluster;
import io.jobqueue.testkit.RedisServer;
import io.jobqueue.testkit.TestedProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many jobs in one call, in a queue of three partitions, each on a master of its own. */
class BulkOnClusterIT {

    private static final String QUEUE = "mails";
    private static final int PARTITIONS = 3;
    private static final int MANY = 900;
    private static final SpreadJobs JOBS = SpreadJobs.of(QUEUE, PARTITIONS, MANY);
    private static final Duration BOUND = Duration.ofSeconds(20);

    private final RedisCluster cluster = RedisCluster.startWithoutReplicas(PARTITIONS);
    private final RedisServer first = cluster.masters().get(0);
    private final RedisStore watching = RedisStore.open(connection(BOUND), "jq");
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void close() throws Exception {
        callers.shutdownNow();
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        watching.close();
        cluster.close();
    }

    /** The first master has the first third of the slots, and so the first partition. */
    @Test
    void masterThatDoesNotAnswerHoldsUpItsPartitionAlone() throws Exception {
        JobQueue jobs = warm(BOUND);
        first.freeze();
        Future<List<Enqueued>> bulk = callers.submit(() -> jobs.enqueueAll(JOBS.requests()));
        try {
            Patience.until("the others are stored", BOUND, this::othersAreStored);
            assertThat(bulk).isNotDone();
        } finally {
            first.thaw();
        }

        assertThat(bulk.get(BOUND.toSeconds(), TimeUnit.SECONDS))
                .allMatch(Enqueued::isNew)
                .extracting(Enqueued::id)
                .containsExactlyElementsOf(JOBS.ids());
        assertThat(jobs.counts(QUEUE).waiting()).isEqualTo(MANY + PARTITIONS);
    }

    @Test
    void masterThatNeverAnswersLeavesUnknownWhatIsStoredAndTheRepeatStoresNothingTwice() {
        JobQueue jobs = warm(Duration.ofMillis(500));
        first.freeze();
        try {
            assertThatThrownBy(() -> jobs.enqueueAll(JOBS.requests()))
                    .isInstanceOfSatisfying(
                            EnqueueUnknownException.class,
                            e -> assertThat(e.ids()).containsExactlyElementsOf(JOBS.ids()));
            assertThat(othersAreStored()).isTrue();
        } finally {
            first.thaw();
        }
        cluster.awaitHealth();

        List<Enqueued> repeated = jobs.enqueueAll(JOBS.requests());

        assertThat(repeated).extracting(Enqueued::id).containsExactlyElementsOf(JOBS.ids());
        assertThat(repeated)
                .filteredOn(answer -> Partition.numberFor(answer.id().value(), PARTITIONS) > 1)
                .allMatch(answer -> answer.status() == Status.DUPLICATE);
        assertThat(jobs.counts(QUEUE).waiting()).isEqualTo(MANY + PARTITIONS);
    }

    private boolean othersAreStored() {
        return IntStream.rangeClosed(2, PARTITIONS)
                .allMatch(number -> watching.ledger()
                                .counts(new Partition(QUEUE, number, PARTITIONS).name())
                                .waiting()
                        == 1 + JOBS.countOf(number));
    }

    /** Returns a job queue that has stored a job in each partition, and so is connected to every master. */
    private JobQueue warm(Duration commandTimeout) {
        RedisStore store = RedisStore.open(connection(commandTimeout), "jq");
        opened.add(store);
        JobEngine engine = JobEngine.builder(store)
                .queue(QUEUE, QueueSettings.NONE.withPartitions(PARTITIONS))
                .build();
        opened.add(engine);
        for (int number = 1; number <= PARTITIONS; number++) {
            engine.jobQueue().enqueue(request("warm-" + idOf(number)));
            watching.ledger().counts(new Partition(QUEUE, number, PARTITIONS).name());
        }
        return engine.jobQueue();
    }

    private static int idOf(int partition) {
        return IntStream.iterate(0, i -> i + 1)
                .filter(i -> Partition.numberFor("warm-" + i, PARTITIONS) == partition)
                .findFirst()
                .orElseThrow();
    }

    private RedisConnection connection(Duration commandTimeout) {
        return RedisConnection.builder()
                .cluster(cluster.nodes().stream().map(String::valueOf).toList())
                .commandTimeout(commandTimeout)
                .customize(TestedProtocol::choose)
                .build();
    }

    private static JobRequest request(String id) {
        return JobRequest.of("mail", "x").queue(QUEUE).id(id).build();
    }
}
