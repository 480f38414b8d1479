package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Cancellation;
import io.jobqueue.Dedup;
import io.jobqueue.Enqueued;
import io.jobqueue.Handler;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobEvent;
import io.jobqueue.JobEvent.Kind;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.LiveWorker;
import io.jobqueue.store.Partition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A queue in six partitions is one queue to whoever uses it. */
class PartitionedQueueIT extends BackendBench {

    private static final int PARTITIONS = 6;
    private static final int MANY = 600;

    private final Queue<String> handled = new ConcurrentLinkedQueue<>();

    @Test
    void everyJobRunsOnceInItsPartitionUnderTheNameOfTheQueue() {
        Map<String, String> queues = new ConcurrentHashMap<>();
        JobEngine worker = divided((payload, job) -> {
            handled.add(job.id().value());
            queues.put(job.id().value(), job.id().queue());
            return null;
        });
        List<JobRequest> requests = requests("job", MANY);

        List<Enqueued> enqueued = worker.jobQueue().enqueueAll(requests);
        worker.start();

        eventually(() -> worker.jobQueue().counts(QUEUE).completed() == MANY);
        assertThat(enqueued)
                .allMatch(Enqueued::isNew)
                .extracting(Enqueued::id)
                .containsExactlyElementsOf(ids("job", MANY));
        assertThat(handled).hasSize(MANY).doesNotHaveDuplicates();
        assertThat(queues.values()).containsOnly(QUEUE);
        assertThat(store.ledger().queues())
                .containsExactlyInAnyOrderElementsOf(Partition.of(QUEUE, PARTITIONS).stream()
                        .map(Partition::name)
                        .toList());
        assertThat(worker.jobQueue().queues()).containsExactly(QUEUE);
        assertThat(worker.workers()).singleElement().satisfies(status -> {
            assertThat(status.queue()).isEqualTo(QUEUE);
            assertThat(status.slots()).isEqualTo(10);
        });
    }

    @Test
    void jobsAreSpreadEvenlyAndEachIsWhereItsIdFalls() {
        JobQueue jobs = divided((payload, job) -> null).jobQueue();

        jobs.enqueueAll(requests("job", MANY));

        for (Partition partition : Partition.of(QUEUE, PARTITIONS)) {
            assertThat(store.ledger().counts(partition.name()).waiting()).isBetween(70L, 130L);
        }
        assertThat(ids("job", MANY))
                .allSatisfy(id -> assertThat(
                                store.ledger().find(partitionOf(id.value()).name(), id.value()))
                        .isPresent());
    }

    @Test
    void resultIsAwaitedAndRepeatedEnqueueIsToldOfIt() {
        JobEngine worker = divided((payload, job) -> payload);
        worker.start();

        for (int i = 0; i < 20; i++) {
            assertThat(worker.jobQueue().enqueueAndWait(request("job-" + i), String.class, BOUND))
                    .isEqualTo("job-" + i);
        }

        assertThat(worker.jobQueue().enqueue(request("job-7")).status()).isEqualTo(Enqueued.Status.COMPLETED);
    }

    @Test
    void cancelReachesAJobThatRunsAndOneThatWaits() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(10);
        JobEngine worker = divided((payload, job) -> {
            running.countDown();
            new CountDownLatch(1).await();
            return null;
        });
        worker.jobQueue().enqueueAll(requests("job", 60));
        worker.start();
        assertThat(running.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();

        Map<Boolean, Long> answers = ids("job", 60).stream()
                .map(worker.jobQueue()::cancel)
                .collect(Collectors.partitioningBy(answer -> answer == Cancellation.REQUESTED, Collectors.counting()));

        assertThat(answers.get(true)).isGreaterThanOrEqualTo(10);
        eventually(() -> worker.jobQueue().counts(QUEUE).cancelled() == 60);
    }

    @Test
    void neverMoreJobsRunThanThereAreSlots() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        JobEngine worker = divided(
                (payload, job) -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    running.decrementAndGet();
                    return null;
                },
                3);
        worker.jobQueue().enqueueAll(requests("job", MANY));

        worker.start();

        eventually(() -> worker.jobQueue().counts(QUEUE).completed() == MANY);
        assertThat(most.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void fullPartitionLeavesTheOthersTheirShare() {
        Semaphore steps = new Semaphore(0);
        JobEngine worker = divided(
                (payload, job) -> {
                    steps.acquire();
                    handled.add(job.id().value());
                    return null;
                },
                2);
        List<String> inFirst = falling(1, "full", 300);
        worker.jobQueue()
                .enqueueAll(inFirst.stream().map(PartitionedQueueIT::request).toList());
        worker.start();
        eventually(() -> worker.jobQueue().counts(QUEUE).active() == 2);
        List<String> elsewhere = IntStream.rangeClosed(2, PARTITIONS)
                .mapToObj(number -> falling(number, "late", 2))
                .flatMap(List::stream)
                .toList();
        worker.jobQueue()
                .enqueueAll(elsewhere.stream().map(PartitionedQueueIT::request).toList());

        for (int i = 0; i < 100; i++) {
            int before = handled.size();
            steps.release();
            eventually(() -> handled.size() > before);
        }

        assertThat(handled).containsAll(elsewhere);
        steps.release(1_000);
        eventually(() -> worker.jobQueue().counts(QUEUE).completed() == 310);
    }

    @Test
    void stopGivesBackWhatRunsInEveryPartition() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(10);
        JobEngine worker = engine(
                (payload, job) -> {
                    running.countDown();
                    new CountDownLatch(1).await();
                    return null;
                },
                builder -> builder.queue(QUEUE, settings(10)).shutdownTimeout(Duration.ZERO));
        worker.jobQueue().enqueueAll(requests("job", 60));
        worker.start();
        assertThat(running.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();

        worker.stop();

        assertThat(worker.jobQueue().counts(QUEUE).waiting()).isEqualTo(60);
        assertThat(ids("job", 60))
                .allSatisfy(id -> assertThat(worker.jobQueue().find(id).map(JobSnapshot::attempts))
                        .contains(0));
        assertThat(worker.jobQueue().workers(QUEUE)).isEmpty();
    }

    @Test
    void listenerHearsOfEveryJobOnceUnderTheNameOfTheQueue() {
        JobEngine worker = divided((payload, job) -> null);
        Queue<JobEvent> heard = new ConcurrentLinkedQueue<>();
        worker.jobQueue().listen(QUEUE, heard::add);
        worker.jobQueue().enqueueAll(requests("job", 60));

        worker.start();

        eventually(() -> heard.size() >= 180);
        assertThat(heard).extracting(JobEvent::id).extracting(JobId::queue).containsOnly(QUEUE);
        for (JobId id : ids("job", 60)) {
            assertThat(heard)
                    .filteredOn(event -> event.id().equals(id))
                    .extracting(JobEvent::kind)
                    .containsExactly(Kind.ENQUEUED, Kind.STARTED, Kind.COMPLETED);
        }
    }

    @Test
    void pausedQueueRunsNothingUntilItIsResumed() {
        JobEngine worker = divided((payload, job) -> handled.add(job.id().value()));
        worker.jobQueue().queue(QUEUE).pause();
        worker.jobQueue().enqueueAll(requests("job", 30));
        worker.start();
        assertThat(worker.jobQueue().queue(QUEUE).isPaused()).isTrue();
        assertThat(worker.jobQueue().counts(QUEUE).waiting()).isEqualTo(30);

        worker.jobQueue().queue(QUEUE).resume();

        eventually(() -> handled.size() == 30);
        assertThat(worker.jobQueue().queue(QUEUE).isPaused()).isFalse();
    }

    @Test
    void directoryShowsOneWorkerForAllPartitions() {
        CountDownLatch release = new CountDownLatch(1);
        JobEngine worker = engine(
                (payload, job) -> {
                    release.await();
                    return null;
                },
                builder -> builder.queue(QUEUE, settings(10)).workerName("blue"));
        worker.jobQueue().enqueueAll(requests("job", 60));
        worker.start();

        eventually(() -> worker.jobQueue().workers(QUEUE).stream()
                        .mapToInt(LiveWorker::holds)
                        .sum()
                == 10);

        assertThat(worker.jobQueue().workers(QUEUE)).singleElement().satisfies(live -> {
            assertThat(live.name()).isEqualTo("blue");
            assertThat(live.queue()).isEqualTo(QUEUE);
            assertThat(live.jobs()).hasSize(10);
        });
        release.countDown();
    }

    @Test
    void dedupKeyHoldsForTheWholeQueueAndGetsAnIdOfItsPartition() {
        JobQueue jobs = divided((payload, job) -> null).jobQueue();

        for (int i = 0; i < 50; i++) {
            Dedup key = Dedup.untilTerminal("key-" + i);
            Enqueued first = jobs.enqueue(keyed().dedup(key).build());
            Enqueued second = jobs.enqueue(keyed().dedup(key).build());

            assertThat(first.isNew()).isTrue();
            assertThat(second.isNew()).isFalse();
            assertThat(second.id()).isEqualTo(first.id());
            assertThat(jobs.find(first.id())).isPresent();
        }

        assertThat(jobs.counts(QUEUE).waiting()).isEqualTo(50);
    }

    @Test
    void dedupKeyBesideAnIdOfTheCallersIsRefusedBeforeAnythingIsStored() {
        JobQueue jobs = divided((payload, job) -> null).jobQueue();

        assertThatThrownBy(() -> jobs.enqueue(
                        keyed().id("mine").dedup(Dedup.untilTerminal("key")).build()))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("'key'")
                .hasMessageContaining("'" + QUEUE + "' has 6 partitions")
                .hasMessageContaining("leave the id out, or the key");

        assertNothingIsStored();
    }

    @Test
    void jobsOfAnotherNumberOfPartitionsAreFoundKnownAndWorkedOn() {
        JobQueue whole = engine((payload, job) -> null, builder -> builder).jobQueue();
        JobQueue four = engine(
                        (payload, job) -> null, builder -> builder.queue(QUEUE, QueueSettings.NONE.withPartitions(4)))
                .jobQueue();
        whole.enqueueAll(requests("whole", 20));
        four.enqueueAll(requests("four", 20));
        JobEngine worker = divided((payload, job) -> {
            handled.add(job.id().value());
            return null;
        });
        JobQueue six = worker.jobQueue();

        assertThat(six.counts(QUEUE).waiting()).isEqualTo(40);
        assertThat(six.enqueueAll(requests("whole", 20))).noneMatch(Enqueued::isNew);
        assertThat(six.enqueue(request("four-3")).state()).isEqualTo(JobState.WAITING);
        assertThat(six.cancel(JobId.of(QUEUE, "whole-0"))).isEqualTo(Cancellation.CANCELLED);
        assertThat(six.find(JobId.of(QUEUE, "four-0")).map(JobSnapshot::state)).contains(JobState.WAITING);
        six.enqueueAll(requests("six", 20));
        worker.start();

        eventually(() -> six.counts(QUEUE).completed() == 59);
        assertThat(handled).hasSize(59).doesNotHaveDuplicates();
    }

    private JobEngine divided(Handler<Object, ?> handler) {
        return divided(handler, 10);
    }

    private JobEngine divided(Handler<Object, ?> handler, int slots) {
        return engine(handler, builder -> builder.queue(QUEUE, settings(slots)));
    }

    private static QueueSettings settings(int slots) {
        return new QueueSettings(slots, null, JobSettings.NONE).withPartitions(PARTITIONS);
    }

    private static JobRequest.Builder keyed() {
        return JobRequest.of(TYPE, "payload").queue(QUEUE);
    }

    private static JobRequest request(String id) {
        return JobRequest.of(TYPE, id).queue(QUEUE).id(id).build();
    }

    private static List<JobRequest> requests(String name, int count) {
        return ids(name, count).stream().map(id -> request(id.value())).toList();
    }

    private static List<JobId> ids(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> JobId.of(QUEUE, name + "-" + i))
                .toList();
    }

    private static Partition partitionOf(String id) {
        return new Partition(QUEUE, Partition.numberFor(id, PARTITIONS), PARTITIONS);
    }

    /** Returns ids that fall into one partition. */
    private static List<String> falling(int number, String name, int count) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> name + "-" + i)
                .filter(id -> partitionOf(id).number() == number)
                .limit(count)
                .toList();
    }
}
