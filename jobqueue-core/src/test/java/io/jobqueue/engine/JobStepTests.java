package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobError;
import io.jobqueue.JobEvent.Kind;
import io.jobqueue.JobId;
import io.jobqueue.JobOutcomes;
import io.jobqueue.JobRequest;
import io.jobqueue.StallPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an engine tells its listener of the jobs it handles. */
class JobStepTests {

    private final WorkerBench bench = WorkerBench.of(1, (payload, job) -> {
        switch (payload) {
            case "bad" -> throw new IllegalStateException("broken");
            case "put off" -> throw JobOutcomes.snooze(Duration.ofMinutes(1));
            case "given up" -> throw JobOutcomes.cancel("nobody needs it");
            default -> {}
        }
        return null;
    });

    @BeforeEach
    void follow() {
        bench.listener.follow(true);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private List<String> told() {
        return bench.listener.shownSteps();
    }

    @Test
    void stepsOfAJobThatCompletesAreToldInTheirOrder() {
        bench.enqueue("a");
        bench.work();

        assertThat(told()).containsExactly("ENQUEUED a 0", "STARTED a 1", "COMPLETED a 1");
        assertThat(bench.listener.steps()).allMatch(step -> step.type().equals("type") && step.error() == null);
    }

    @Test
    void failedAttemptIsToldWithItsErrorAndSoIsTheLast() {
        bench.enqueue(JobRequest.of("type", "bad").id("a").maxAttempts(2));
        bench.work();
        bench.clock.advance(Duration.ofMinutes(5));
        bench.work();

        assertThat(told()).containsExactly("ENQUEUED a 0", "STARTED a 1", "RETRIED a 1", "STARTED a 2", "FAILED a 2");
        assertThat(bench.listener.steps().stream()
                        .map(JobStep::error)
                        .filter(Objects::nonNull)
                        .map(JobError::summary))
                .containsExactly("java.lang.IllegalStateException: broken", "java.lang.IllegalStateException: broken");
    }

    @Test
    void jobsThatArePutOffOrCancelledAreToldSo() {
        bench.enqueue("put off");
        bench.enqueue("given up");
        bench.work();

        assertThat(told()).contains("RELEASED put off 1", "CANCELLED given up 1");
    }

    @Test
    void everyJobOfACallIsToldAndADuplicateIsNot() {
        bench.enqueue("a");
        bench.queue.enqueueAll(List.of(request("a"), request("b"), request("c")));

        assertThat(told()).containsExactly("ENQUEUED a 0", "ENQUEUED b 0", "ENQUEUED c 0");
    }

    private static JobRequest request(String id) {
        return JobRequest.of("type", id).id(id).queue(WorkerBench.QUEUE).build();
    }

    @Test
    void outcomeThatTheStoreRefusesIsNotTold() {
        bench.enqueue("a");
        bench.settle();
        bench.clock.advance(WorkerBench.LEASE);
        bench.executor.runAll();
        bench.settle();

        assertThat(told()).containsExactly("ENQUEUED a 0", "STARTED a 1");
    }

    @Test
    void jobOfALostWorkerIsTold() {
        reap(QueueSettings.NONE);

        assertThat(told()).containsExactly("ENQUEUED a 0", "CRASHED a 0");
        assertThat(bench.listener.steps()).allMatch(step -> step.type().equals("type"));
    }

    @Test
    void jobThatFailsWithItsWorkerIsToldWithTheReason() {
        reap(QueueSettings.NONE.withStall(new StallSettings(StallPolicy.FAIL, 3)));

        assertThat(bench.listener.steps())
                .endsWith(new JobStep(Kind.FAILED, JobId.of(WorkerBench.QUEUE, "a"), "type", 0, JobError.lost()));
    }

    @Test
    void deadJobThatIsNotKeptIsToldWithoutItsType() {
        JobSettings unkept = new JobSettings(null, null, null, null, Duration.ZERO, null);
        reap(new QueueSettings(null, null, unkept).withStall(new StallSettings(StallPolicy.FAIL, 3)));

        assertThat(bench.listener.steps())
                .endsWith(new JobStep(Kind.FAILED, JobId.of(WorkerBench.QUEUE, "a"), "", 0, JobError.lost()));
    }

    /** Lets a job lose its worker before it begins to run. */
    private void reap(QueueSettings settings) {
        Leadership leadership =
                new Leadership(WorkerBench.QUEUE, WorkerBench.LEASE, bench.store.leaderLock(), bench.nanos);
        Reaper reaper = new Reaper(
                bench.store.transitions(),
                bench.store.ledger(),
                new Settings(settings, Map.of()).of(WorkerBench.QUEUE),
                bench.listener,
                bench.context.jitter());
        bench.enqueue("a");
        bench.settle();
        bench.clock.advance(WorkerBench.LEASE);
        leadership.poll();
        reaper.reap(leadership.term().orElseThrow());
    }

    @Test
    void pausesAndTheirEndsAreTold() {
        bench.queue.queue("mails").pause();
        bench.queue.queue("mails").pause("newsletter");
        bench.queue.queue("mails").resume("newsletter");
        bench.queue.queue("mails").resume();

        assertThat(bench.listener.events())
                .containsExactly(
                        "paused mails null",
                        "paused mails newsletter",
                        "resumed mails newsletter",
                        "resumed mails null");
    }

    @Test
    void listenerThatFollowsNoJobsIsToldOfDeadOnesOnly() {
        bench.listener.follow(false);
        bench.enqueue("a");
        bench.enqueue(JobRequest.of("type", "bad").id("b").maxAttempts(1));
        bench.work();

        assertThat(told()).containsExactly("FAILED b 1");
    }
}
