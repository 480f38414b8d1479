package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.QueueOverview;
import io.jobqueue.store.Claim;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a queue is at a glance. */
public interface OverviewContract extends StoreFixture {

    private QueueOverview overview() {
        return store().ledger().overview(queue());
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock().millis());
    }

    @Test
    default void overviewOfAnUnusedQueueTellsNothing() {
        assertThat(overview().counts().waiting()).isZero();
        assertThat(overview().lastActivity()).isNull();
        assertThat(overview().oldestWaitingSince()).isNull();
        assertThat(overview().paused()).isFalse();
        assertThat(overview().pausedTypes()).isEmpty();
    }

    @Test
    default void overviewTellsPausesAndCounts() {
        enqueue("a", "b");
        operations().pause(queue(), null);
        operations().pause(queue(), "mail");

        assertThat(overview().queue()).isEqualTo(queue());
        assertThat(overview().counts()).isEqualTo(counts());
        assertThat(overview().paused()).isTrue();
        assertThat(overview().pausedTypes()).containsExactly("mail");
    }

    @Test
    default void activityIsTheLastEnqueueClaimOrSettlement() {
        WorkerSession session = session();
        enqueue("a");
        assertThat(overview().lastActivity()).isEqualTo(now());
        pass(Duration.ofSeconds(1));
        Claim claim = claimOne(session);
        assertThat(overview().lastActivity()).isEqualTo(now());
        pass(Duration.ofSeconds(1));
        settle(session, new Settlement.Complete(claim.token(), null, KEPT));
        Instant settled = now();
        assertThat(overview().lastActivity()).isEqualTo(settled);

        pass(Duration.ofSeconds(1));
        enqueue("a");
        claim(session, 1);
        settle(session, new Settlement.Complete(claim.token(), null, KEPT));
        jobs().renew(session);

        assertThat(overview().lastActivity()).isEqualTo(settled);
    }

    @Test
    default void oldestIsTheFirstThatIsNotCancelledOrClaimed() {
        enqueue("cancelled");
        pass(Duration.ofSeconds(1));
        enqueue("claimed");
        pass(Duration.ofSeconds(1));
        enqueue("oldest");
        Instant since = now();
        pass(Duration.ofSeconds(1));
        enqueue("newest");
        jobs().cancel(queue(), "cancelled", KEPT);

        claim(session(), 1);

        assertThat(overview().oldestWaitingSince()).isEqualTo(since);
    }

    @Test
    default void oldestIsFoundInEveryPriority() {
        enqueue(job("low").priority(-3));
        Instant first = now();
        pass(Duration.ofSeconds(1));
        enqueue(
                job("plain"),
                job("high").priority(9),
                job("higher").priority(10),
                job("lowest").priority(-4));
        assertThat(overview().oldestWaitingSince()).isEqualTo(now());
        operations().remove(queue(), "lowest");

        assertThat(overview().oldestWaitingSince()).isEqualTo(first);
    }

    @Test
    default void jobsOfPausedTypesAndScheduledOnesAreNotWaitedFor() {
        enqueue(job("held").type("held"), job("later").delay(Duration.ofMinutes(1)));
        operations().pause(queue(), "held");
        assertThat(overview().oldestWaitingSince()).isNull();
        pass(Duration.ofSeconds(1));
        enqueue("a");

        assertThat(overview().oldestWaitingSince()).isEqualTo(now());
    }
}
