package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Dedup;
import io.jobqueue.JobError;
import io.jobqueue.QueueCounts;
import io.jobqueue.store.Audit;
import io.jobqueue.store.AuditRequest;
import io.jobqueue.store.Claim;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.StaleTermException;
import io.jobqueue.store.Term;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An audit leaves a sound queue as it is. */
public interface AuditContract extends StoreFixture {

    private List<Audit> audit() {
        List<Audit> audits = new ArrayList<>();
        Audit audit = Audit.SOUND;
        do {
            audit = jobs().audit(lead(), new AuditRequest(audit.next(), LEASE, KEPT));
            audits.add(audit);
            assertThat(audits).as("calls of one audit").hasSizeLessThan(100);
        } while (audit.next() != null);
        return audits;
    }

    @Test
    default void auditOfAnUnusedQueueFindsNothing() {
        assertThat(audit()).noneMatch(audit -> audit.found() || audit.urgent());
    }

    @Test
    default void auditOfASoundQueueFindsAndChangesNothing() {
        JobError error = new JobError("E", "m", "");
        WorkerSession session = session();
        Claim completed = claimNew(session, "completed");
        Claim failed = claimNew(session, "failed");
        Claim retried = claimNew(session, "retried");
        Claim released = claimNew(session, "released");
        exchange(
                session,
                0,
                new Settlement.Complete(completed.token(), null, KEPT),
                new Settlement.Fail(failed.token(), error, KEPT),
                new Settlement.Retry(retried.token(), Duration.ofMinutes(1), error));
        Claim active = claimNew(session, "active");
        settle(session, new Settlement.Release(released.token()));
        operations().pause(queue(), "held");
        enqueue(
                job("first").dedup(Dedup.untilTerminal("key")),
                job("second").priority(7),
                job("later").delay(Duration.ofMinutes(5)),
                job("held").type("held"),
                job("cancelled"));
        jobs().cancel(queue(), "cancelled", KEPT);
        QueueCounts before = counts();

        assertThat(audit()).noneMatch(audit -> audit.found() || audit.urgent());

        assertThat(counts()).isEqualTo(before);
        assertThat(settle(session, new Settlement.Complete(active.token(), null, KEPT)))
                .isTrue();
        assertThat(claimedOrder()).containsExactly("second", "released", "first");
        assertThat(enqueue(job("other").dedup(Dedup.untilTerminal("key")))
                        .get(0)
                        .id())
                .isEqualTo("first");
    }

    @ParameterizedTest
    @EnumSource
    default void auditOfATermThatIsOverIsRefused(TermEnd over) {
        Term term = store().leaderLock()
                .acquire(queue(), "first", Duration.ofSeconds(10))
                .orElseThrow();
        over.happen(this, term);

        assertThatThrownBy(() -> jobs().audit(term, new AuditRequest(null, LEASE, KEPT)))
                .isInstanceOf(StaleTermException.class);
    }
}
