package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Backoff;
import io.jobqueue.Dedup;
import io.jobqueue.Enqueued;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobId;
import io.jobqueue.JobPage;
import io.jobqueue.JobQuery;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.JobType;
import io.jobqueue.QueueOperations;
import io.jobqueue.QueueOverview;
import io.jobqueue.Removal;
import io.jobqueue.store.contract.HeldClock;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueOperationsTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HeldClock clock = new HeldClock();
    private final MemoryStore store = new MemoryStore(clock);
    private final JobEngine engine = JobEngine.builder(store)
            .handler(HandlerDefinition.of("mail", "mails", String.class, (payload, context) -> {
                if (payload.equals("bad")) {
                    throw new IllegalStateException("no");
                }
                return payload;
            }))
            .build();
    private final JobQueue jobs = engine.jobQueue();
    private final QueueOperations mails = jobs.queue("mails");

    @AfterEach
    void close() {
        engine.close();
        store.close();
    }

    @Test
    void failedJobsAreListedAndReplayed() throws InterruptedException {
        engine.start();
        IntStream.range(0, 150)
                .forEach(i ->
                        jobs.enqueue(request("bad", "bad-" + i).maxAttempts(1).build()));
        await(() -> mails.counts().failed() == 150);
        engine.stop();

        assertThat(mails.list(JobState.FAILED, null, 100).jobs())
                .hasSize(100)
                .allSatisfy(job -> assertThat(job.error()).isNotNull());
        assertThat(mails.replayFailed()).isEqualTo(150);

        assertThat(mails.counts().waiting()).isEqualTo(150);
        assertThat(job("bad-0").attempts()).isZero();
    }

    @Test
    void manyJobsAreReplayedAndRemovedInOneCall() {
        List<String> ids = IntStream.range(0, 250).mapToObj(i -> "job-" + i).toList();
        ids.forEach(id -> jobs.enqueue(request("x", id).build()));
        ids.forEach(id -> jobs.cancel(JobId.of("mails", id)));
        jobs.enqueue(request("x", "waits").build());

        assertThat(mails.replay(List.of("job-0", "job-1", "waits", "unknown"))).isEqualTo(2);
        assertThat(mails.replay(ids)).isEqualTo(248);
        assertThat(mails.counts().waiting()).isEqualTo(251);
        assertThat(mails.removeAll(ids)).isEqualTo(250);

        assertThat(mails.counts().waiting()).isEqualTo(1);
        assertThat(mails.removeAll(List.of())).isZero();
    }

    @Test
    void endedJobsAreReplayedByStateAndByType() throws InterruptedException {
        engine.start();
        for (int i = 0; i < 120; i++) {
            jobs.enqueue(request("good", "good-" + i).build());
        }
        jobs.enqueue(request("bad", "bad").maxAttempts(1).build());
        await(() -> mails.counts().completed() == 120 && mails.counts().failed() == 1);
        engine.stop();

        assertThat(mails.replayFailed("other")).isZero();
        assertThat(mails.replayFailed("mail")).isEqualTo(1);
        assertThat(mails.replayAll(JobState.COMPLETED)).isEqualTo(120);
        assertThat(mails.replayAll(JobState.CANCELLED)).isZero();

        assertThat(mails.counts().waiting()).isEqualTo(121);
        assertThatThrownBy(() -> mails.replayAll(JobState.WAITING))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("WAITING")
                .hasMessageContaining("COMPLETED, FAILED or CANCELLED");
    }

    @Test
    void replayOfJobsThatFailAgainAtOnceEnds() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            jobs.enqueue(request("bad", "bad-" + i).maxAttempts(1).build());
        }
        engine.start();
        await(() -> mails.counts().failed() == 200);

        assertThat(mails.replayFailed()).isEqualTo(200);

        await(() -> mails.counts().failed() == 200);
    }

    @Test
    void replayedJobDoesNotTakeAKeyAgainWhoseWindowIsOver() {
        jobs.enqueue(request("first", "a")
                .dedup(Dedup.window("key", Duration.ofSeconds(10)))
                .build());
        jobs.cancel(JobId.of("mails", "a"));
        clock.advance(Duration.ofSeconds(11));

        assertThat(mails.replay("a")).isTrue();

        assertThat(jobs.enqueue(request("second", "b")
                                .dedup(Dedup.window("key", Duration.ofSeconds(10)))
                                .build())
                        .id()
                        .value())
                .isEqualTo("b");
    }

    @Test
    void searchPagesThroughWhatMatches() {
        for (int i = 0; i < 30; i++) {
            jobs.enqueue(request("x", "order-" + i).build());
        }
        jobs.enqueue(request("x", "other").build());
        JobQuery orders =
                JobQuery.all().inState(JobState.WAITING).ofType("mail").withIdPrefix("order-");

        JobPage first = mails.search(orders, null, 20);
        JobPage second = mails.search(orders, first.next(), 20);

        assertThat(first.jobs()).hasSize(20);
        assertThat(second.jobs()).hasSize(10);
        assertThat(mails.search(orders.withIdPart("-2"), null, 100).jobs())
                .extracting(job -> job.id().value())
                .contains("order-2", "order-20", "order-29")
                .hasSize(11);
        assertThatThrownBy(() -> mails.search(orders, null, 101))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("limit 101: must be 1 to 100");
    }

    @Test
    void queryThatNoJobCanFulfilIsRefused() {
        assertThatThrownBy(() -> JobQuery.all().ofType(" ")).hasMessageContaining("type");
        assertThatThrownBy(() -> JobQuery.all().withIdPart("a\nb")).hasMessageContaining("id part");
        assertThatThrownBy(() -> JobQuery.all().withAttribute("a", new Object()))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("attribute 'a'");
        assertThatThrownBy(() -> JobQuery.all().inState(JobState.WAITING_CHILDREN))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("WAITING_CHILDREN");
    }

    @Test
    void jobIsLocatedInEveryQueueThatHoldsItsId() {
        jobs.enqueue(request("x", "same").build());
        jobs.enqueue(JobRequest.of("mail", "x").id("same").queue("letters").build());
        jobs.enqueue(request("x", "other").build());

        assertThat(jobs.locate("same")).extracting(job -> job.id().queue()).containsExactly("letters", "mails");
        assertThat(jobs.locate("nobody")).isEmpty();
        assertThatThrownBy(() -> jobs.locate("")).isInstanceOf(InvalidJobException.class);
    }

    @Test
    void overviewTellsOfEveryQueueByName() {
        jobs.enqueue(request("x", "a").build());
        clock.advance(Duration.ofSeconds(3));
        jobs.enqueue(JobRequest.of("mail", "x").queue("letters").build());
        mails.pause("mail");

        assertThat(jobs.overview()).extracting(QueueOverview::queue).containsExactly("letters", "mails");
        assertThat(jobs.overview().get(0).oldestWaitingSince())
                .isEqualTo(java.time.Instant.ofEpochMilli(clock.millis()));
        assertThat(mails.overview().pausedTypes()).containsExactly("mail");
        assertThat(mails.overview().counts().waiting()).isEqualTo(1);
    }

    @Test
    void jobsThatHaveNotStartedAreChanged() {
        jobs.enqueue(request("first", "a").build());
        jobs.enqueue(request("second", "b").delay(Duration.ofHours(1)).build());

        assertThat(mails.changePriority("a", 7)).isTrue();
        assertThat(mails.changePayload("a", "changed")).isTrue();
        assertThat(mails.changeDelay("a", Duration.ofMinutes(1))).isTrue();
        assertThat(mails.promote("b")).isTrue();

        assertThat(job("a").priority()).isEqualTo(7);
        assertThat(job("a").payload().as(String.class)).isEqualTo("changed");
        assertThat(mails.states(List.of("a", "b", "c")))
                .containsExactly(Optional.of(JobState.SCHEDULED), Optional.of(JobState.WAITING), Optional.empty());
        assertThat(mails.changePayload("c", "x")).isFalse();
        assertThatThrownBy(() -> mails.changePayload("a", JobRequest.of("type", "x")))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("call build()");
    }

    @Test
    void payloadOfAnotherVersionThanTheJobIsRefused() {
        jobs.enqueue(request("old", "first").build());
        jobs.enqueue(request("new", "second").version(2).build());

        assertThatThrownBy(() -> mails.changePayload("first", new MailOfVersionTwo("x")))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("job 'first': was enqueued with version 1 of its payload, and ")
                .hasMessageContaining("MailOfVersionTwo is version 2; give a payload of the job's version");

        assertThat(job("first").payload().as(String.class)).isEqualTo("old");
        assertThat(mails.changePayload("second", new MailOfVersionTwo("x"))).isTrue();
        assertThat(mails.changePayload("second", "of a class that says no version"))
                .isTrue();
    }

    @JobType(value = "mail", version = 2)
    private record MailOfVersionTwo(String to) {}

    @Test
    void pausedQueueStartsNothingUntilItIsResumed() throws InterruptedException {
        mails.pause();
        engine.start();
        jobs.enqueue(request("x", "a").build());
        assertThat(mails.isPaused()).isTrue();
        assertThat(job("a").state()).isEqualTo(JobState.WAITING);

        mails.resume();

        await(() -> job("a").state() == JobState.COMPLETED);
    }

    @Test
    void drainCleanAndObliterateEraseWhatTheySay() throws InterruptedException {
        engine.start();
        jobs.enqueueAndWait(request("x", "done").build(), String.class, PATIENCE);
        engine.stop();
        IntStream.range(0, 120).forEach(i -> jobs.enqueue(request("x", "w-" + i).build()));

        assertThat(mails.drain()).isEqualTo(120);
        assertThat(mails.clean(JobState.COMPLETED, Duration.ZERO)).isEqualTo(1);
        assertThat(mails.remove("done")).isEqualTo(Removal.NOT_FOUND);
        jobs.enqueue(request("x", "left").build());
        assertThat(mails.obliterate()).isTrue();
        assertThat(jobs.queues()).isEmpty();
    }

    @Test
    void secondJobOfADedupKeyIsToldTheFirst() {
        Enqueued first = jobs.enqueue(
                JobRequest.of("mail", "1").dedup(Dedup.untilTerminal("ada")).build());

        Enqueued second = jobs.enqueue(
                JobRequest.of("mail", "2").dedup(Dedup.untilTerminal("ada")).build());

        assertThat(second.status()).isEqualTo(Enqueued.Status.DUPLICATE);
        assertThat(second.id()).isEqualTo(first.id());
    }

    @Test
    void whoIsSecondWaitsForTheResultOfTheFirst() throws InterruptedException {
        jobs.enqueue(request("one", "first").dedup(Dedup.untilTerminal("ada")).build());
        var second = jobs.enqueueForResult(
                JobRequest.of("mail", "two").dedup(Dedup.untilTerminal("ada")).build(), String.class, PATIENCE);

        engine.start();

        assertThat(second.join()).isEqualTo("one");
        assertThat(mails.counts().completed()).isEqualTo(1);
    }

    @Test
    void jobAtTheFrontRunsBeforeThoseThatWait() {
        jobs.enqueue(request("x", "a").build());
        jobs.enqueue(request("x", "b").atFront().build());

        assertThat(mails.list(JobState.WAITING, null, 10).jobs())
                .extracting(job -> job.id().value())
                .containsExactly("b", "a");
    }

    @Test
    void wrongArgumentsAreRefused() {
        assertThatThrownBy(() -> mails.list(JobState.WAITING, null, 101))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("limit 101");
        assertThatThrownBy(() -> mails.clean(JobState.ACTIVE, Duration.ZERO))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("ACTIVE");
        assertThatThrownBy(() -> mails.changeDelay("a", Duration.ofSeconds(-1)))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("delay");
        assertThatThrownBy(() -> jobs.queue(" "))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("queue");
    }

    private JobSnapshot job(String id) {
        return jobs.find(JobId.of("mails", id)).orElseThrow();
    }

    private static JobRequest.Builder request(String payload, String id) {
        return JobRequest.of("mail", payload).queue("mails").id(id).backoff(Backoff.fixed(Duration.ZERO));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            assertThat(never.await(5, TimeUnit.MILLISECONDS)).isFalse();
        }
    }
}
