package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Progress;
import io.jobqueue.StallPolicy;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.PurgeRequest;
import io.jobqueue.store.ReapRequest;
import io.jobqueue.store.StoreInfo;
import io.jobqueue.store.Term;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A store says who it is, and when it is closed refuses everything and keeps nobody waiting. */
public interface CloseContract extends StoreFixture {

    @Test
    default void storeSaysWhoItIs() {
        StoreInfo info = store().info();

        assertThat(info.kind()).isNotBlank();
        assertThat(info.location()).isNotBlank();
        assertThat(info.version()).isNotBlank();
        assertThat(info.durability()).isNotBlank();
    }

    @Test
    default void closedStoreMayBeClosedAgain() {
        store().close();

        store().close();
    }

    @Test
    default void closedStoreRefusesEveryTransition() {
        WorkerSession session = session();
        ClaimToken token = new ClaimToken("a", 1);
        Term term = lead();
        store().close();

        assertRefused(() -> enqueue("a"));
        assertRefused(() -> exchange(session, 1));
        assertRefused(() -> jobs().renew(session));
        assertRefused(() -> jobs().reconcile(session, List.of()));
        assertRefused(() -> jobs().cancel(queue(), "a", KEPT));
        assertRefused(() -> notes().progress(session, token, new Progress(1, "")));
        assertRefused(() -> notes().attributes(session, token, Map.of("a", true)));
        assertRefused(() -> notes().log(session, token, List.of("line")));
        assertRefused(() -> workers().live(queue()));
        assertRefused(() -> workers().pause(queue(), "w"));
        assertRefused(() -> workers().resume(queue(), "w"));
        assertRefused(() -> workers().paused(queue()));
        assertRefused(() -> jobs().promote(term, 1));
        assertRefused(() -> jobs().reap(term, new ReapRequest(1, StallPolicy.REQUEUE, 1, KEPT, KEPT)));
        assertRefused(() -> jobs().purge(term, new PurgeRequest(1)));
    }

    @Test
    default void closedStoreRefusesEveryOtherRole() {
        Term term = lead();
        store().close();

        assertRefused(() -> store().ledger().find(queue(), "a"));
        assertRefused(() -> store().ledger().counts(queue()));
        assertRefused(() -> store().ledger().queues());
        assertRefused(() -> store().leaderLock().acquire(queue(), "leader", REIGN));
        assertRefused(() -> store().leaderLock().release(term));
        assertRefused(() -> store().signals().awaitWork(queue(), Duration.ofSeconds(1)));
        assertRefused(() -> store().signals().offerWork(queue()));
        assertRefused(() -> store().signals().forget(queue(), "a", "nobody"));
        assertRefused(() -> store().info());
    }

    @Test
    default void closeEndsEveryWait() throws InterruptedException {
        IdleWorkers workers = IdleWorkers.of(store(), queue(), 2);

        store().close();

        assertThat(workers.nextEnd()).isNotEqualTo(IdleWorkers.End.WOKEN);
        assertThat(workers.nextEnd()).isNotEqualTo(IdleWorkers.End.WOKEN);
    }

    @Test
    default void subscriptionMayBeClosedAfterTheStore() throws InterruptedException {
        enqueue(job("a"));
        try (RecordedSignals signals = RecordedSignals.of(store(), "address-of-" + queue(), Set.of())) {
            assertThat(signals).isNotNull();
            store().close();
        }
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        refused -> assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED))
                .hasMessageContaining("closed");
    }
}
