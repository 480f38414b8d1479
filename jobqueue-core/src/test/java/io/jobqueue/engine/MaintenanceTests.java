package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobError;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.StallPolicy;
import io.jobqueue.store.LeaderLock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Leadership and what only the leader does. */
class MaintenanceTests {

    private final WorkerBench bench = WorkerBench.of(500, (payload, job) -> null);
    private final Leadership leadership = candidate(WorkerBench.LEASE);
    private final LeaderDuty promoter = new LeaderDuty(leadership, new Promoter(bench.store.transitions())::promote);
    private final LeaderDuty reaper = reaper(QueueSettings.NONE);
    private final LeaderDuty janitor =
            new LeaderDuty(leadership, new Janitor(bench.store.transitions(), RetentionLimits.NONE)::purge);

    @AfterEach
    void close() {
        bench.close();
    }

    private Leadership candidate(Duration lease) {
        return new Leadership(WorkerBench.QUEUE, lease, bench.store.leaderLock(), bench.nanos);
    }

    private LeaderDuty reaper(QueueSettings settings) {
        QueueSettings all = new Settings(settings, Map.of()).of(WorkerBench.QUEUE);
        return new LeaderDuty(
                leadership,
                new Reaper(bench.store.transitions(), bench.store.ledger(), all, bench.listener, bench.context.jitter())
                        ::reap);
    }

    private static QueueSettings stall(StallPolicy policy, int maxCrashes) {
        return QueueSettings.NONE.withStall(new StallSettings(policy, maxCrashes));
    }

    /** Lets a job lose its worker once. */
    private JobSnapshot lose(String id, LeaderDuty reaper) throws Exception {
        bench.enqueue(id);
        bench.worker.takeHint();
        bench.settle();
        bench.clock.advance(WorkerBench.LEASE);
        leadership.poll();
        reaper.poll();
        return bench.job(id);
    }

    private void enqueueMany(int jobs, JobRequest.Builder request) {
        for (int i = 0; i < jobs; i++) {
            bench.enqueue(request);
        }
    }

    @Test
    void onlyOneCandidateLeads() {
        Leadership other = candidate(WorkerBench.LEASE);

        leadership.poll();
        other.poll();

        assertThat(leadership.leads()).isTrue();
        assertThat(other.leads()).isFalse();
    }

    @Test
    void leadIsExtendedThreeTimesATerm() {
        Leadership other = candidate(WorkerBench.LEASE);
        for (int i = 0; i < 10; i++) {
            Duration wait = leadership.poll();
            other.poll();
            assertThat(wait.multipliedBy(3)).isLessThanOrEqualTo(Duration.ofSeconds(10));
            bench.clock.advance(wait);
        }

        assertThat(leadership.leads()).isTrue();
        assertThat(other.leads()).isFalse();
    }

    @Test
    void leaderThatCannotExtendStopsLeadingByItself() {
        leadership.poll();
        bench.clock.advance(Duration.ofSeconds(10));

        assertThat(leadership.leads()).isFalse();
    }

    @Test
    void termEndsWithShortLeases() {
        Leadership brief = candidate(Duration.ofSeconds(2));
        brief.poll();
        bench.clock.advance(Duration.ofSeconds(2));
        leadership.poll();

        assertThat(brief.leads()).isFalse();
        assertThat(leadership.leads()).isTrue();
    }

    @Test
    void releasedLeadIsFreeAtOnce() {
        Leadership other = candidate(WorkerBench.LEASE);
        leadership.poll();
        leadership.release();
        other.poll();

        assertThat(leadership.leads()).isFalse();
        assertThat(other.leads()).isTrue();
    }

    @Test
    void followersCallNothing() throws Exception {
        bench.store.forgetCalls();

        promoter.poll();
        reaper.poll();
        janitor.poll();

        assertThat(bench.store.calls("promote") + bench.store.calls("reap") + bench.store.calls("purge"))
                .isZero();
    }

    @Test
    void staleTermEndsTheLead() throws Exception {
        leadership.poll();
        LeaderLock lock = bench.store.leaderLock();
        lock.release(leadership.term().orElseThrow());
        assertThat(lock.acquire(WorkerBench.QUEUE, "another", Duration.ofSeconds(10)))
                .isPresent();

        promoter.poll();

        assertThat(leadership.leads()).isFalse();
    }

    @Test
    void dueJobsArePromotedInBatchesUntilNoneIsLeft() throws Exception {
        leadership.poll();
        enqueueMany(120, JobRequest.of("type", "a").delay(Duration.ofSeconds(1)));
        bench.clock.advance(Duration.ofSeconds(1));

        assertThat(promoter.poll()).isZero();
        assertThat(promoter.poll()).isZero();
        assertThat(promoter.poll()).isEqualTo(Duration.ofSeconds(1));
        assertThat(bench.queue.counts(WorkerBench.QUEUE).waiting()).isEqualTo(120);
    }

    @Test
    void promoterComesBackWhenTheNextJobIsDue() throws Exception {
        leadership.poll();
        bench.enqueue(JobRequest.of("type", "a").delay(Duration.ofMillis(300)));
        assertThat(promoter.poll()).isEqualTo(Duration.ofMillis(300));

        bench.clock.advance(Duration.ofMillis(300));
        bench.enqueue(JobRequest.of("type", "a").delay(Duration.ofDays(1)));
        assertThat(promoter.poll()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void lostWorkersJobsAreTakenOver() throws Exception {
        bench.enqueue("a");
        bench.settle();
        bench.clock.advance(WorkerBench.LEASE);
        leadership.poll();

        assertThat(reaper.poll()).isEqualTo(Duration.ofSeconds(4));

        assertThat(bench.job("a")).returns(JobState.WAITING, JobSnapshot::state).returns(1, JobSnapshot::crashes);
        assertThat(bench.listener.events()).contains("reaped 1");
    }

    @Test
    void reaperGoesOnWhileThereIsMore() throws Exception {
        enqueueMany(150, JobRequest.of("type", "a"));
        bench.settle();
        bench.clock.advance(WorkerBench.LEASE);
        leadership.poll();

        assertThat(reaper.poll()).isZero();
        assertThat(reaper.poll()).isPositive();
        assertThat(bench.listener.events()).containsExactly("reaped 100", "reaped 50");
    }

    @Test
    void thirdCrashFailsTheJob() throws Exception {
        bench.enqueue("a");
        for (int i = 0; i < 3; i++) {
            bench.worker.takeHint();
            bench.settle();
            bench.clock.advance(WorkerBench.LEASE);
            leadership.poll();
            reaper.poll();
        }

        assertThat(bench.job("a").state()).isEqualTo(JobState.FAILED);
        assertThat(Objects.requireNonNull(bench.job("a").error()).type()).isEqualTo(JobError.CRASHED);
    }

    @Test
    void maxCrashesOfTheQueueFailTheJob() throws Exception {
        JobSnapshot job = lose("a", reaper(stall(StallPolicy.REQUEUE, 1)));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(Objects.requireNonNull(job.error()).summary()).startsWith("CRASHED: its worker was lost 1 times");
    }

    @Test
    void stallPolicyFailEndsTheJobAtItsFirstCrash() throws Exception {
        JobSnapshot job = lose("a", reaper(stall(StallPolicy.FAIL, 3)));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(Objects.requireNonNull(job.error()).type()).isEqualTo(JobError.CRASHED);
    }

    @Test
    void stallPolicyMarkStaleNeverRunsTheJobAgainByItself() throws Exception {
        JobSnapshot job = lose("a", reaper(stall(StallPolicy.MARK_STALE, 3)));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(Objects.requireNonNull(job.error()).type()).isEqualTo(JobError.STALE);
        bench.worker.takeHint();
        bench.settle();
        assertThat(bench.job("a").state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void endedJobsBeyondTheCountOfTheQueueAreRemoved() throws Exception {
        LeaderDuty janitor = new LeaderDuty(
                leadership, new Janitor(bench.store.transitions(), new RetentionLimits(20, null, null))::purge);
        enqueueMany(150, JobRequest.of("type", "a"));
        bench.work();
        leadership.poll();

        assertThat(janitor.poll()).isZero();
        assertThat(janitor.poll()).isEqualTo(Duration.ofMillis(250));

        assertThat(bench.queue.counts(WorkerBench.QUEUE).completed()).isEqualTo(20);
        assertThat(janitor.poll()).isEqualTo(Duration.ofMillis(250));
        assertThat(janitor.poll()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void endedJobsAreRemovedWhenTheirTimeIsOver() throws Exception {
        enqueueMany(150, JobRequest.of("type", "a").retention(Duration.ofMinutes(1)));
        bench.work();
        leadership.poll();
        assertThat(janitor.poll()).isEqualTo(Duration.ofSeconds(10));
        assertThat(bench.queue.counts(WorkerBench.QUEUE).completed()).isEqualTo(150);

        bench.clock.advance(Duration.ofMinutes(1));
        leadership.poll();
        assertThat(janitor.poll()).isZero();
        assertThat(janitor.poll()).isEqualTo(Duration.ofMillis(250));
        assertThat(bench.queue.counts(WorkerBench.QUEUE).completed()).isZero();
    }

    @Test
    void janitorStaysAwakeAfterACallThatLeftNothing() throws Exception {
        enqueueMany(100, JobRequest.of("type", "a").retention(Duration.ofMinutes(1)));
        bench.work();
        bench.clock.advance(Duration.ofMinutes(1));
        leadership.poll();

        assertThat(janitor.poll()).isZero();
        assertThat(janitor.poll()).isEqualTo(Duration.ofMillis(250));
        assertThat(janitor.poll()).isEqualTo(Duration.ofSeconds(10));
    }
}
