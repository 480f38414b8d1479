package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.JobState;
import io.jobqueue.StallPolicy;
import io.jobqueue.store.LeaderLock;
import io.jobqueue.store.PurgeRequest;
import io.jobqueue.store.ReapRequest;
import io.jobqueue.store.StaleTermException;
import io.jobqueue.store.Term;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One leader a queue at a time, and no maintenance by one whose term is over. */
public interface LeaderContract extends StoreFixture {

    Duration TTL = Duration.ofSeconds(10);

    @Test
    default void firstCandidateLeads() {
        Term term = acquire("first").orElseThrow();

        assertThat(term.queue()).isEqualTo(queue());
        assertThat(term.holder()).isEqualTo("first");
        assertThat(term.number()).isPositive();
    }

    @Test
    default void secondCandidateIsRefused() {
        acquire("first");

        assertThat(acquire("second")).isEmpty();
    }

    @Test
    default void leaderExtendsItsTerm() {
        Optional<Term> term = acquire("first");
        pass(TTL.minusMillis(1));

        assertThat(acquire("first")).isEqualTo(term);
        pass(TTL.minusMillis(1));
        assertThat(acquire("second")).isEmpty();
    }

    @Test
    default void refusedCandidateDoesNotShortenTheTerm() {
        Term term = acquire("first").orElseThrow();
        store().leaderLock().acquire(queue(), "second", Duration.ofMillis(1));
        pass(TTL.minusMillis(1));

        assertThat(jobs().purge(term, new PurgeRequest(1))).isZero();
    }

    @Test
    default void nextLeaderFollowsAnExpiredOneWithAHigherNumber() {
        Term first = acquire("first").orElseThrow();
        pass(TTL);

        Term second = acquire("second").orElseThrow();

        assertThat(second.number()).isGreaterThan(first.number());
        assertThat(acquire("first")).isEmpty();
    }

    @Test
    default void nextLeaderFollowsOneThatGaveUpWithAHigherNumber() {
        Term first = acquire("first").orElseThrow();
        leaderLock().release(first);

        Term second = acquire("second").orElseThrow();

        assertThat(second.number()).isGreaterThan(first.number());
    }

    @Test
    default void termThatIsOverReleasesNothing() {
        Term first = acquire("first").orElseThrow();
        pass(TTL);
        acquire("second");

        leaderLock().release(first);
        leaderLock().release(first);

        assertThat(acquire("third")).isEmpty();
    }

    @Test
    default void earlierTermOfTheSameLeaderReleasesNothing() {
        Term first = acquire("first").orElseThrow();
        leaderLock().release(first);
        acquire("second").ifPresent(leaderLock()::release);
        acquire("first");

        leaderLock().release(first);

        assertThat(acquire("third")).isEmpty();
    }

    @Test
    default void everyQueueHasItsOwnLeader() {
        acquire("first");

        assertThat(leaderLock().acquire(queue() + "-other", "second", TTL)).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    default void promoteOfATermThatIsOverIsRefused(TermEnd over) {
        Term term = acquire("first").orElseThrow();
        over.happen(this, term);
        enqueue(job("a").delay(Duration.ofMillis(1)));
        pass(Duration.ofMillis(1));

        assertThatThrownBy(() -> jobs().promote(term, 10)).isInstanceOf(StaleTermException.class);
        assertThat(stateOf("a")).isEqualTo(JobState.SCHEDULED);
    }

    @ParameterizedTest
    @EnumSource
    default void reapOfATermThatIsOverIsRefused(TermEnd over) {
        claimNew(session(), "a");
        pass(LEASE);
        Term term = acquire("first").orElseThrow();
        over.happen(this, term);

        assertThatThrownBy(() -> jobs().reap(term, new ReapRequest(10, StallPolicy.REQUEUE, MOST_CRASHES, KEPT, KEPT)))
                .isInstanceOf(StaleTermException.class);
        assertThat(stateOf("a")).isEqualTo(JobState.ACTIVE);
    }

    @ParameterizedTest
    @EnumSource
    default void purgeOfATermThatIsOverIsRefused(TermEnd over) {
        Term term = acquire("first").orElseThrow();
        over.happen(this, term);
        enqueue("a");
        jobs().cancel(queue(), "a", Duration.ofMillis(1));
        pass(Duration.ofMillis(1));

        assertThatThrownBy(() -> jobs().purge(term, new PurgeRequest(10))).isInstanceOf(StaleTermException.class);
        assertThat(counts().cancelled()).isOne();
    }

    @Test
    default void forgedTermsAreRefused() {
        Term term = acquire("first").orElseThrow();

        assertThatThrownBy(() -> jobs().promote(new Term(queue(), "second", term.number()), 10))
                .isInstanceOf(StaleTermException.class);
        assertThatThrownBy(() -> jobs().promote(new Term(queue(), "first", term.number() + 1), 10))
                .isInstanceOf(StaleTermException.class);
        assertThatThrownBy(() -> jobs().promote(new Term(queue() + "-never", "first", 1), 10))
                .isInstanceOf(StaleTermException.class);
    }

    @Test
    default void leaderPromotesDueJobsUpToTheLimit() {
        Term term = acquire("first").orElseThrow();
        enqueue(
                job("a").delay(Duration.ofSeconds(1)),
                job("b").delay(Duration.ofSeconds(2)),
                job("c").delay(Duration.ofSeconds(5)));
        pass(Duration.ofSeconds(2));

        assertThat(jobs().promote(term, 1).promoted()).isOne();
        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
        assertThat(stateOf("b")).isEqualTo(JobState.SCHEDULED);
        assertThat(jobs().promote(term, 10).promoted()).isOne();
        assertThat(jobs().promote(term, 10).promoted()).isZero();
    }

    @Test
    default void promotionSaysHowLongUntilTheNextJobIsDue() {
        Term term = acquire("first").orElseThrow();
        assertThat(jobs().promote(term, 10).nextDue()).isNull();
        enqueue(
                job("a").delay(Duration.ofSeconds(1)),
                job("b").delay(Duration.ofSeconds(2)),
                job("c").delay(Duration.ofSeconds(5)));
        pass(Duration.ofSeconds(2));

        assertThat(jobs().promote(term, 1).nextDue()).isZero();
        assertThat(jobs().promote(term, 1).nextDue()).isEqualTo(Duration.ofSeconds(3));
    }

    private Optional<Term> acquire(String candidate) {
        return leaderLock().acquire(queue(), candidate, TTL);
    }

    private LeaderLock leaderLock() {
        return store().leaderLock();
    }
}
