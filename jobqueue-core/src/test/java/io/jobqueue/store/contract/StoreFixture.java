package io.jobqueue.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobState;
import io.jobqueue.QueueCounts;
import io.jobqueue.StallPolicy;
import io.jobqueue.store.Claim;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobNotes;
import io.jobqueue.store.JobOperations;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.Promotion;
import io.jobqueue.store.PurgeRequest;
import io.jobqueue.store.ReapRequest;
import io.jobqueue.store.Reaped;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.Term;
import io.jobqueue.store.WorkerDirectory;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The store under test, its clock, a queue nobody else uses, and the calls that most tests make on them. */
public interface StoreFixture {

    /** The lease of every session. */
    Duration LEASE = Duration.ofSeconds(30);

    /** The retention of every job that ends, unless the test says another. */
    Duration KEPT = Duration.ofHours(1);

    /** Outlasts every other time in a test. */
    Duration REIGN = Duration.ofDays(100);

    /** The crash that fails a job. */
    int MOST_CRASHES = 3;

    JobStore store();

    HeldClock clock();

    String queue();

    default JobTransitions jobs() {
        return store().transitions();
    }

    default JobNotes notes() {
        return store().notes();
    }

    default WorkerDirectory workers() {
        return store().workers();
    }

    default JobOperations operations() {
        return store().operations();
    }

    default void pass(Duration time) {
        clock().advance(time);
    }

    default WorkerSession session() {
        return session(queue());
    }

    default WorkerSession session(String queue) {
        return new WorkerSession(queue, UUID.randomUUID().toString(), LEASE);
    }

    /** Returns a session of a worker that is called so. */
    default WorkerSession sessionOf(String worker) {
        return new WorkerSession(queue(), UUID.randomUUID().toString(), worker, LEASE);
    }

    default List<EnqueueAnswer> enqueue(JobDraft... drafts) {
        return jobs().enqueue(
                        queue(), Arrays.stream(drafts).map(JobDraft::newJob).toList());
    }

    default List<EnqueueAnswer> enqueue(String... ids) {
        return enqueue(Stream.of(ids).map(JobDraft::job).toArray(JobDraft[]::new));
    }

    default ExchangeAnswer exchange(WorkerSession session, int claims, Settlement... settlements) {
        return jobs().exchange(new ExchangeRequest(session, List.of(settlements), claims, KEPT));
    }

    /** Claims jobs of some types alone. */
    default List<Claim> claim(WorkerSession session, int most, String... types) {
        return jobs().exchange(new ExchangeRequest(session, List.of(), most, KEPT, Set.of(types)))
                .claims();
    }

    default List<Claim> claim(WorkerSession session, int most) {
        return exchange(session, most).claims();
    }

    default Claim claimOne(WorkerSession session) {
        List<Claim> claims = claim(session, 1);
        assertThat(claims).as("claims of one waiting job").hasSize(1);
        return claims.get(0);
    }

    /** Enqueues one plain job and claims it. */
    default Claim claimNew(WorkerSession session, String id) {
        enqueue(id);
        return claimOne(session);
    }

    /** Claims everything that is due, in a session of its own, and returns the ids in order. */
    default List<String> claimedOrder() {
        return ids(claim(session(), ExchangeRequest.MOST));
    }

    default List<String> ids(List<Claim> claims) {
        return claims.stream().map(claim -> claim.token().jobId()).toList();
    }

    default boolean settle(WorkerSession session, Settlement settlement) {
        List<Boolean> settled = exchange(session, 0, settlement).settled();
        assertThat(settled).as("answers to one settlement").hasSize(1);
        return settled.get(0);
    }

    default StoredJob find(String id) {
        return store().ledger()
                .find(queue(), id)
                .orElseThrow(() -> new AssertionError("the ledger has no job '" + id + "'"));
    }

    default boolean isKept(String id) {
        return store().ledger().find(queue(), id).isPresent();
    }

    default JobState stateOf(String id) {
        return find(id).state();
    }

    default QueueCounts counts() {
        return store().ledger().counts(queue());
    }

    default Term lead() {
        return store().leaderLock().acquire(queue(), "leader", REIGN).orElseThrow();
    }

    default Promotion promote() {
        return jobs().promote(lead(), ExchangeRequest.MOST);
    }

    default List<Reaped> reap() {
        return jobs().reap(
                        lead(), new ReapRequest(ExchangeRequest.MOST, StallPolicy.REQUEUE, MOST_CRASHES, KEPT, KEPT));
    }

    default int purge() {
        return jobs().purge(lead(), new PurgeRequest(ExchangeRequest.MOST));
    }
}
