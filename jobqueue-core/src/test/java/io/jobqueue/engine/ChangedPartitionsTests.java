package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Dedup;
import io.jobqueue.Enqueued;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.Partition;
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

/** What an enqueue costs, and how it fails, when the store holds the queue in other partitions as well. */
class ChangedPartitionsTests extends ChangedPartitionsFixture {

    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void endCallers() {
        callers.shutdownNow();
    }

    @Test
    void generatedIdIsSoughtNowhere() {
        whole.enqueue(request("old"));
        six.enqueue(request("known"));
        store.forgetCalls();

        for (int i = 0; i < 10; i++) {
            assertThat(six.enqueue(generated()).isNew()).isTrue();
        }
        six.enqueueAll(List.of(generated(), generated()));

        assertThat(store.calls("states")).isZero();
        assertThat(store.calls("isEmpty")).isZero();
    }

    @Test
    void generatedIdIsSoughtNowhereWhenTheQueueIsNoLongerDivided() {
        six.enqueueAll(requests(60));
        whole.enqueue(request("known"));
        store.forgetCalls();

        for (int i = 0; i < 10; i++) {
            assertThat(whole.enqueue(generated()).isNew()).isTrue();
        }
        whole.enqueueAll(List.of(generated(), generated()));

        assertThat(store.calls("states")).isZero();
        assertThat(store.calls("isEmpty")).isZero();
    }

    @Test
    void idOfTheCallersIsSoughtOnceWhenTheQueueIsNoLongerDivided() {
        six.enqueueAll(requests(60));
        whole.enqueue(request("known"));
        store.forgetCalls();

        assertThat(whole.enqueue(request("new")).isNew()).isTrue();
        assertThat(whole.enqueueAll(List.of(request("newer"))).get(0).isNew()).isTrue();

        assertThat(store.calls("states")).isEqualTo(2);
    }

    @Test
    void idOfTheCallersIsSoughtOnceInEachOtherLayout() {
        whole.enqueue(request("old"));
        divided(4).enqueue(request("older"));
        six.enqueue(request("known"));
        store.forgetCalls();

        assertThat(six.enqueue(request("new")).isNew()).isTrue();

        assertThat(store.calls("states")).isLessThanOrEqualTo(2);
    }

    @Test
    void callersDuringALookUpShareTheNext() throws Exception {
        whole.enqueue(request("old"));
        six.enqueue(request("known"));
        store.forgetCalls();
        HungCall hung = store.hang("states");
        Future<Enqueued> first = callers.submit(() -> six.enqueue(request("first")));
        assertThat(hung.begun().await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String id = "job-" + i;
            threads.add(new Thread(() -> six.enqueue(request(id))));
        }
        threads.forEach(Thread::start);
        assertThat(new Patience(System::nanoTime)
                        .await(
                                BOUND,
                                () -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING)))
                .isTrue();

        hung.letGo();

        assertThat(first.get(BOUND.toSeconds(), TimeUnit.SECONDS).isNew()).isTrue();
        for (Thread thread : threads) {
            thread.join(BOUND.toMillis());
        }
        assertThat(six.counts(QUEUE).waiting()).isEqualTo(33);
        assertThat(store.calls("states")).isEqualTo(2);
    }

    @Test
    void bulkIsSoughtInOneCallAPartition() {
        whole.enqueue(request("old"));
        six.enqueue(request("known"));
        store.forgetCalls();

        six.enqueueAll(
                IntStream.range(0, 100).mapToObj(i -> request("job-" + i)).toList());

        assertThat(store.calls("states")).isEqualTo(1);
    }

    @Test
    void layoutThatIsEmptyIsNotSoughtIn() {
        whole.enqueue(request("old"));
        six.enqueue(request("known"));
        whole.queue(QUEUE).remove("old");
        JobQueue another = divided(6);
        another.enqueue(request("first"));
        store.forgetCalls();

        for (int i = 0; i < 50; i++) {
            assertThat(another.enqueue(request("job-" + i)).isNew()).isTrue();
        }

        assertThat(store.calls("states")).isZero();
        assertThat(store.calls("isEmpty")).isZero();
    }

    @Test
    void lookUpWithoutAnAnswerSaysThatNothingWasStored() {
        whole.enqueue(request("old"));
        six.enqueue(request("known"));
        store.forgetCalls();
        store.dropReplies();

        assertThatThrownBy(() -> six.enqueue(request("new")))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        failure -> assertThat(failure.outcome()).isEqualTo(Outcome.REFUSED))
                .hasMessageContaining("nothing was stored");
        assertThatThrownBy(() -> six.enqueueAll(List.of(request("new"), request("newer"))))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        failure -> assertThat(failure.outcome()).isEqualTo(Outcome.REFUSED));

        assertThat(store.calls("enqueue") + store.calls("enqueueAll")).isZero();
        store.heal();
        assertThat(six.find(JobId.of(QUEUE, "new"))).isEmpty();
    }

    @Test
    void callersThatComeBeforeTheOtherLayoutsAreKnownStoreNothingTwice() throws Exception {
        Enqueued old = whole.enqueue(request("order-7"));
        Enqueued keyed = whole.enqueue(keyed(Dedup.untilTerminal("key")));
        JobQueue fresh = divided(6);
        HungCall hung = store.hang("queues");
        Future<Enqueued> first = callers.submit(() -> fresh.enqueue(request("order-8")));
        assertThat(hung.begun().await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();

        Enqueued sameId = fresh.enqueue(request("order-7"));
        Enqueued sameKey =
                fresh.enqueueAll(List.of(keyed(Dedup.untilTerminal("key")))).get(0);
        hung.letGo();

        assertThat(sameId).returns(false, Enqueued::isNew).returns(old.id(), Enqueued::id);
        assertThat(sameKey).returns(false, Enqueued::isNew).returns(keyed.id(), Enqueued::id);
        assertThat(first.get(BOUND.toSeconds(), TimeUnit.SECONDS).isNew()).isTrue();
        assertThat(fresh.counts(QUEUE).waiting()).isEqualTo(3);
    }

    @Test
    void callersThatComeBeforeTheOtherLayoutsAreKnownWaitForNobodyElse() throws Exception {
        JobQueue fresh = divided(6);
        HungCall hung = store.hang("queues");
        Future<Enqueued> first = callers.submit(() -> fresh.enqueue(request("first")));
        assertThat(hung.begun().await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();

        Future<Enqueued> second = callers.submit(() -> fresh.enqueue(request("second")));

        assertThat(second.get(BOUND.toSeconds(), TimeUnit.SECONDS).isNew()).isTrue();
        assertThat(first).isNotDone();
        hung.letGo();
        assertThat(first.get(BOUND.toSeconds(), TimeUnit.SECONDS).isNew()).isTrue();
    }

    @Test
    void nothingIsStoredBeforeTheOtherLayoutsAreKnown() {
        whole.enqueue(request("order-7"));
        for (int count : new int[] {1, 6}) {
            JobQueue fresh = divided(count);
            store.forgetCalls();
            store.dropReplies();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> fresh.enqueue(request("order-8")))
                        .isInstanceOfSatisfying(
                                StoreUnavailableException.class,
                                failure -> assertThat(failure.outcome()).isEqualTo(Outcome.REFUSED))
                        .hasMessageContaining("queue 'mails'")
                        .hasMessageContaining("nothing was stored");
                assertThatThrownBy(() -> fresh.enqueueAll(List.of(request("order-8"), request("order-9"))))
                        .isInstanceOfSatisfying(
                                StoreUnavailableException.class,
                                failure -> assertThat(failure.outcome()).isEqualTo(Outcome.REFUSED));
            }
            assertThat(store.calls("enqueue") + store.calls("enqueueAll")).isZero();

            store.heal();

            assertThat(fresh.enqueue(request("order-7")).isNew()).isFalse();
        }
        assertThat(whole.counts(QUEUE).waiting()).isEqualTo(1);
    }

    @Test
    void otherLayoutsAreAskedForOnceWhenTheyAreKnown() {
        for (int count : new int[] {1, 6}) {
            JobQueue fresh = divided(count);
            store.forgetCalls();

            for (int i = 0; i < 50; i++) {
                fresh.enqueue(request("job-" + i + "-of-" + count));
            }

            assertThat(store.calls("queues")).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void dedupKeyHoldsOverEveryChange() {
        for (int count : new int[] {1, 4, 6}) {
            divided(count)
                    .enqueueAll(IntStream.range(0, 60)
                            .mapToObj(i -> request("job-" + i + "-of-" + count))
                            .toList());
        }
        List<JobQueue> all = List.of(divided(1), divided(4), divided(6));
        for (JobQueue before : all) {
            for (JobQueue after : all) {
                Dedup key = Dedup.untilTerminal("key-" + all.indexOf(before) + all.indexOf(after));
                Enqueued first = before.enqueue(keyed(key));

                Enqueued second = after.enqueue(keyed(key));
                List<Enqueued> third = after.enqueueAll(List.of(generated(), keyed(key)));

                assertThat(first.isNew()).isTrue();
                assertThat(second.isNew()).isFalse();
                assertThat(second.id()).isEqualTo(first.id());
                assertThat(third.get(0).isNew()).isTrue();
                assertThat(third.get(1).id()).isEqualTo(first.id());
            }
        }
    }

    @Test
    void windowOfAJobThatIsGoneHoldsOverAChange() {
        Enqueued first = whole.enqueue(keyed(Dedup.window("key", Duration.ofDays(7))));
        whole.queue(QUEUE).remove(first.id().value());

        Enqueued second = six.enqueue(keyed(Dedup.window("key", Duration.ofDays(7))));

        assertThat(second.isNew()).isFalse();
        assertThat(second.id()).isEqualTo(first.id());
    }

    @Test
    void keyThatIsFreeInTheOldPartitionIsTakenInTheCurrentOne() {
        Enqueued first = whole.enqueue(keyed(Dedup.untilTerminal("key")));
        whole.enqueue(request("old"));
        whole.cancel(first.id());

        Enqueued second = six.enqueue(keyed(Dedup.untilTerminal("key")));

        assertThat(second.isNew()).isTrue();
        assertThat(store.ledger().find(QUEUE, second.id().value())).isEmpty();
        assertThat(six.find(second.id())).isPresent();
    }

    @Test
    void jobWhoseKeyIsFreedAfterTheLookUpIsFoundWhereItIsStored() {
        for (int i = 0; i < 10; i++) {
            Dedup key = Dedup.untilTerminal("key-" + i);
            Enqueued first = six.enqueue(keyed(key));
            JobQueue four = divided(4);
            store.forgetCalls();
            store.afterEveryCall(() -> {
                if (store.calls("holders") > 0) {
                    store.afterEveryCall(() -> {});
                    six.cancel(first.id());
                }
            });

            Enqueued second = four.enqueue(keyed(key));

            assertThat(second.isNew()).isTrue();
            assertThat(four.find(second.id())).isPresent();
            assertThat(six.find(second.id())).isPresent();
        }
    }

    @Test
    void idOfTheCallersIsRefusedBesideAKeyThatAnotherPartitionOfAnotherNumberHolds() {
        Dedup key = Dedup.untilTerminal("key");
        six.enqueue(keyed(key));
        String apart = IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "id-" + i)
                .filter(id -> Partition.numberFor(id, 6) != Partition.numberFor("key", 6))
                .findFirst()
                .orElseThrow();
        JobRequest request = keyed(key).toBuilder().id(apart).build();

        assertThatThrownBy(() -> whole.enqueue(request))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("'key' is held in another of 6 partitions")
                .hasMessageContaining("leave the id out");

        assertThat(whole.counts(QUEUE).waiting()).isEqualTo(1);
        assertThat(whole.enqueue(request.toBuilder()
                                .dedup(Dedup.untilTerminal("other"))
                                .build())
                        .isNew())
                .isTrue();
    }

    private static JobRequest generated() {
        return JobRequest.of("type", "payload").queue(QUEUE).build();
    }

    private static JobRequest keyed(Dedup key) {
        return JobRequest.of("type", "payload").queue(QUEUE).dedup(key).build();
    }
}
