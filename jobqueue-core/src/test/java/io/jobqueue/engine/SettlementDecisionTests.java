package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Backoff;
import io.jobqueue.Durations;
import io.jobqueue.JobError;
import io.jobqueue.JobErrorHandler;
import io.jobqueue.JobOutcomeException;
import io.jobqueue.JobOutcomes;
import io.jobqueue.JobRequest;
import io.jobqueue.RetryPolicy;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.Settlement;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class SettlementDecisionTests {

    private static final ClaimToken TOKEN = new ClaimToken("a", 7);
    private static final Duration KEPT = Duration.ofHours(1);
    private static final JobRules RULES = new JobRules(
            3,
            RetryPolicy.backoff(Backoff.fixed(Duration.ofSeconds(5))),
            new RetryableErrors(Set.of(), Set.of()),
            null,
            KEPT,
            KEPT.plusDays(1),
            KEPT.plusDays(2));
    private static final AttemptResult THREW = new AttemptResult.Threw(new IllegalStateException("no luck"));

    private static SettlementDecision decision(int attempt, JobRules rules) {
        return decision(attempt, 0, rules);
    }

    private static SettlementDecision decision(int attempt, int handBacks, JobRules rules) {
        JobSpec spec = new JobSpec("type", new byte[0], 0, JobOptions.NONE);
        Claim claim = new Claim(TOKEN, spec, attempt, 0, handBacks, Instant.EPOCH);
        return new SettlementDecision("work", claim, rules, 0.5);
    }

    private static JobRules retrying(RetryPolicy policy) {
        return new JobRules(3, policy, RULES.retryable(), null, KEPT, KEPT, KEPT);
    }

    private static JobRules retrying(
            Set<Class<? extends Throwable>> noRetryFor, Set<Class<? extends Throwable>> retryFor) {
        return new JobRules(3, RULES.retry(), new RetryableErrors(noRetryFor, retryFor), null, KEPT, KEPT, KEPT);
    }

    private static JobRules limited(JobRules rules, Duration timeout) {
        return new JobRules(
                rules.maxAttempts(),
                rules.retry(),
                rules.retryable(),
                timeout,
                rules.completedRetention(),
                rules.failedRetention(),
                rules.cancelledRetention());
    }

    private static AttemptResult threw(JobOutcomeException outcome) {
        return new AttemptResult.Threw(outcome);
    }

    @Test
    void unreadableJobIsHandedBackFiveTimesAndThenFailsNamingTheDefect() {
        AttemptResult unreadable = new AttemptResult.Unreadable("its record has format version 9");

        assertThat(decision(1, 4, RULES).after(unreadable, null))
                .isEqualTo(new Settlement.HandBack(TOKEN, Duration.ofSeconds(5)));
        assertThat(decision(1, 5, RULES).after(unreadable, null))
                .isInstanceOfSatisfying(
                        Settlement.Fail.class,
                        fail -> assertThat(fail.error().summary())
                                .startsWith("UNREADABLE: its record has format version 9")
                                .contains("replay"));
    }

    @Test
    void returnCompletesWithTheRetention() {
        byte[] result = {1};

        assertThat(decision(1, RULES).after(new AttemptResult.Returned(result), null))
                .isEqualTo(new Settlement.Complete(TOKEN, result, KEPT));
    }

    @Test
    void failureWithAttemptsLeftIsRetriedAfterTheBackoff() {
        Settlement settlement = decision(2, RULES).after(THREW, null);

        assertThat(settlement).isInstanceOfSatisfying(Settlement.Retry.class, retry -> {
            assertThat(retry.delay()).isEqualTo(Duration.ofSeconds(5));
            assertThat(retry.error().summary()).isEqualTo("java.lang.IllegalStateException: no luck");
        });
    }

    @Test
    void lastFailureFailsTheJob() {
        assertThat(decision(3, RULES).after(THREW, null))
                .isInstanceOfSatisfying(
                        Settlement.Fail.class,
                        fail -> assertThat(fail.retention()).isEqualTo(RULES.failedRetention()));
    }

    @Test
    void policyMayGoBeyondMaxAttempts() {
        JobRules rules = retrying(failed -> Optional.of(Duration.ZERO));

        assertThat(decision(4, rules).after(THREW, null)).isInstanceOf(Settlement.Retry.class);
    }

    @Test
    void noPolicyGoesBeyondTheMostAttempts() {
        JobRules rules = retrying(failed -> Optional.of(Duration.ZERO));

        assertThat(decision(JobRequest.MOST_ATTEMPTS, rules).after(THREW, null)).isInstanceOf(Settlement.Fail.class);
    }

    @Test
    void policyThatThrowsFailsTheJob() {
        JobRules rules = retrying(failed -> {
            throw new IllegalArgumentException("broken policy");
        });

        assertThat(decision(1, rules).after(THREW, null))
                .isInstanceOfSatisfying(
                        Settlement.Fail.class,
                        fail -> assertThat(fail.error().message()).isEqualTo("no luck"));
    }

    @Test
    void negativeDelayFailsTheJob() {
        JobRules rules = retrying(failed -> Optional.of(Duration.ofMillis(-1)));

        assertThat(decision(1, rules).after(THREW, null)).isInstanceOf(Settlement.Fail.class);
    }

    @Test
    void absurdDelayIsCapped() {
        JobRules rules = retrying(failed -> Optional.of(Duration.ofSeconds(Long.MAX_VALUE)));

        assertThat(decision(1, rules).after(THREW, null))
                .isInstanceOfSatisfying(
                        Settlement.Retry.class,
                        retry -> assertThat(retry.delay()).isEqualTo(Durations.LONGEST));
    }

    @Test
    void requestGoesBeforeTheRules() {
        JobOptions options =
                new JobOptions(9, Backoff.fixed(Duration.ofSeconds(1)), Duration.ofSeconds(2), Duration.ZERO, Map.of());
        JobRules rules = RULES.with(options);

        assertThat(decision(8, rules).after(THREW, null))
                .isInstanceOfSatisfying(
                        Settlement.Retry.class,
                        retry -> assertThat(retry.delay()).isEqualTo(Duration.ofSeconds(1)));
        assertThat(decision(9, rules).after(THREW, null)).isInstanceOf(Settlement.Fail.class);
        assertThat(decision(1, rules).after(new AttemptResult.Returned(null), null))
                .isEqualTo(new Settlement.Complete(TOKEN, null, Duration.ZERO));
        assertThat(rules.timeout()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void errorNotToBeRetriedFailsTheJobAtOnce() {
        JobRules rules = retrying(Set.of(RuntimeException.class), Set.of());

        assertThat(decision(1, rules).after(THREW, null)).isInstanceOf(Settlement.Fail.class);
        assertThat(decision(1, rules).after(new AttemptResult.Threw(new IOException()), null))
                .isInstanceOf(Settlement.Retry.class);
    }

    @Test
    void onlyErrorsToBeRetriedAreOnceThereAreSome() {
        JobRules rules = retrying(Set.of(), Set.of(IOException.class, TimeoutException.class));

        assertThat(decision(1, rules).after(new AttemptResult.Threw(new FileNotFoundException()), null))
                .isInstanceOf(Settlement.Retry.class);
        assertThat(decision(1, rules).after(THREW, null)).isInstanceOf(Settlement.Fail.class);
    }

    @Test
    void errorNotToBeRetriedIsNotWhateverElseIsSaid() {
        JobRules rules = retrying(Set.of(FileNotFoundException.class), Set.of(IOException.class));

        assertThat(decision(1, rules).after(new AttemptResult.Threw(new FileNotFoundException()), null))
                .isInstanceOf(Settlement.Fail.class);
        assertThat(decision(1, rules).after(new AttemptResult.Threw(new IOException()), null))
                .isInstanceOf(Settlement.Retry.class);
    }

    @Test
    void causesOfAnErrorAreNotLookedAt() {
        AttemptResult wrapped = new AttemptResult.Threw(new IllegalStateException(new IOException()));

        assertThat(decision(1, retrying(Set.of(IOException.class), Set.of())).after(wrapped, null))
                .isInstanceOf(Settlement.Retry.class);
        assertThat(decision(1, retrying(Set.of(), Set.of(IOException.class))).after(wrapped, null))
                .isInstanceOf(Settlement.Fail.class);
    }

    @Test
    void timeoutAndTheHandlersOwnWordAreNotErrorsToChooseFrom() {
        JobRules rules = retrying(Set.of(Throwable.class), Set.of(IOException.class));

        assertThat(decision(1, limited(rules, KEPT)).after(THREW, Halt.TIMEOUT)).isInstanceOf(Settlement.Retry.class);
        assertThat(decision(1, rules).after(threw(JobOutcomes.retryAfter(KEPT, "busy")), null))
                .isInstanceOf(Settlement.Retry.class);
        assertThat(decision(1, rules).after(threw(JobOutcomes.snooze(KEPT)), null))
                .isInstanceOf(Settlement.Snooze.class);
    }

    @Test
    void hopelessFailureIsNotRetried() {
        assertThat(decision(1, RULES).after(new AttemptResult.Hopeless(new IllegalStateException()), null))
                .isInstanceOf(Settlement.Fail.class);
    }

    @Test
    void handlerThatFailsTheJobIsNotAskedAgain() {
        assertThat(decision(1, RULES).after(threw(JobOutcomes.fail("account is closed")), null))
                .isInstanceOfSatisfying(Settlement.Fail.class, fail -> {
                    assertThat(fail.error().message()).isEqualTo("account is closed");
                    assertThat(fail.error().stack()).contains("handlerThatFailsTheJobIsNotAskedAgain");
                    assertThat(fail.retention()).isEqualTo(RULES.failedRetention());
                });
    }

    @Test
    void handlerMayCancelItsJob() {
        assertThat(decision(1, RULES).after(threw(JobOutcomes.cancel("nobody needs it")), null))
                .isEqualTo(new Settlement.Cancel(TOKEN, RULES.cancelledRetention()));
    }

    @Test
    void handlerMaySayWhenTheNextAttemptFollows() {
        AttemptResult busy = threw(JobOutcomes.retryAfter(Duration.ofSeconds(77), "told to wait"));

        assertThat(decision(2, RULES).after(busy, null)).isInstanceOfSatisfying(Settlement.Retry.class, retry -> {
            assertThat(retry.delay()).isEqualTo(Duration.ofSeconds(77));
            assertThat(retry.error().message()).isEqualTo("told to wait");
        });
        assertThat(decision(3, RULES).after(busy, null))
                .isInstanceOfSatisfying(
                        Settlement.Fail.class,
                        fail -> assertThat(fail.error().message()).isEqualTo("told to wait"));
    }

    @Test
    void handlerMaySnoozeItsJobEvenInTheLastAttempt() {
        assertThat(decision(3, RULES).after(threw(JobOutcomes.snooze(KEPT)), null))
                .isEqualTo(new Settlement.Snooze(TOKEN, KEPT));
    }

    @Test
    void whatTheHandlerDecidedHoldsDuringTheStop() {
        assertThat(decision(1, RULES).after(threw(JobOutcomes.fail("no")), Halt.STOPPING))
                .isInstanceOf(Settlement.Fail.class);
        assertThat(decision(1, RULES).after(threw(JobOutcomes.snooze(KEPT)), Halt.STOPPING))
                .isInstanceOf(Settlement.Snooze.class);
        assertThat(decision(1, RULES).after(threw(JobOutcomes.retryAfter(KEPT, "interrupted")), Halt.STOPPING))
                .isInstanceOf(Settlement.Release.class);
    }

    @Test
    void cancelledRunEndsCancelledHoweverItsHandlerEnded() {
        Settlement cancelled = new Settlement.Cancel(TOKEN, RULES.cancelledRetention());

        assertThat(decision(1, RULES).after(new AttemptResult.Returned(null), Halt.CANCEL_REQUESTED))
                .isEqualTo(cancelled);
        assertThat(decision(1, RULES).after(THREW, Halt.CANCEL_REQUESTED)).isEqualTo(cancelled);
        assertThat(decision(1, RULES).after(threw(JobOutcomes.snooze(KEPT)), Halt.CANCEL_REQUESTED))
                .isEqualTo(cancelled);
        assertThat(decision(1, RULES).withoutEnd(Halt.CANCEL_REQUESTED)).isEqualTo(cancelled);
    }

    @Test
    void failureByTheStopIsReleased() {
        assertThat(decision(3, RULES).after(THREW, Halt.STOPPING)).isEqualTo(new Settlement.Release(TOKEN));
        assertThat(decision(3, RULES).withoutEnd(Halt.STOPPING)).isEqualTo(new Settlement.Release(TOKEN));
    }

    @Test
    void returnDuringTheStopCompletes() {
        assertThat(decision(3, RULES).after(new AttemptResult.Returned(null), Halt.STOPPING))
                .isInstanceOf(Settlement.Complete.class);
    }

    @Test
    void timeoutIsAFailedAttempt() {
        JobRules rules = limited(RULES, Duration.ofSeconds(2));

        assertThat(decision(1, rules).withoutEnd(Halt.TIMEOUT))
                .isInstanceOfSatisfying(
                        Settlement.Retry.class,
                        retry -> assertThat(retry.error())
                                .isEqualTo(new JobError(
                                        JobError.TIMEOUT, "the handler did not end within its timeout PT2S", "")));
        assertThat(decision(3, rules).withoutEnd(Halt.TIMEOUT)).isInstanceOf(Settlement.Fail.class);
    }

    @Test
    void whatAHandlerReturnsAfterItsTimeoutIsDropped() {
        JobRules rules = limited(RULES, Duration.ofSeconds(2));
        Settlement timedOut = decision(1, rules).withoutEnd(Halt.TIMEOUT);

        assertThat(decision(1, rules).after(new AttemptResult.Returned(null), Halt.TIMEOUT))
                .isEqualTo(timedOut);
        assertThat(decision(1, rules).after(THREW, Halt.TIMEOUT)).isEqualTo(timedOut);
        assertThat(decision(1, rules).after(threw(JobOutcomes.fail("late")), Halt.TIMEOUT))
                .isEqualTo(timedOut);
        assertThat(decision(1, rules).after(threw(JobOutcomes.snooze(KEPT)), Halt.TIMEOUT))
                .isEqualTo(timedOut);
    }

    @Test
    void discardedJobIsKeptForNoTime() {
        assertThat(decision(1, RULES).after(threw(JobOutcomes.discard("out of date")), null))
                .isEqualTo(new Settlement.Cancel(TOKEN, Duration.ZERO));
        assertThat(decision(1, RULES)
                        .after(
                                new AttemptResult.Overruled(
                                        new IllegalStateException(), new JobErrorHandler.Outcome.Discard()),
                                null))
                .isEqualTo(new Settlement.Cancel(TOKEN, Duration.ZERO));
    }

    @Test
    void handlerMaySayHowLongItsJobIsKeptHoweverItEnds() {
        Duration kept = Duration.ofMinutes(7);
        SettlementDecision decision = decision(3, RULES).keepingFor(kept);

        assertThat(decision.after(new AttemptResult.Returned(null), null))
                .isEqualTo(new Settlement.Complete(TOKEN, null, kept));
        assertThat(decision.after(threw(JobOutcomes.cancel("over")), null))
                .isEqualTo(new Settlement.Cancel(TOKEN, kept));
        assertThat(decision.after(THREW, null))
                .isInstanceOfSatisfying(
                        Settlement.Fail.class,
                        fail -> assertThat(fail.retention()).isEqualTo(kept));
        assertThat(decision.keepingFor(null)).isSameAs(decision);
    }

    @Test
    void missingHandlerHandsBackFiveTimesThenFails() {
        AttemptResult none = new AttemptResult.NoHandler();

        assertThat(decision(1, 4, RULES).after(none, null))
                .isEqualTo(new Settlement.HandBack(TOKEN, Duration.ofSeconds(5)));
        assertThat(decision(1, 5, RULES).after(none, null)).isInstanceOfSatisfying(Settlement.Fail.class, fail -> {
            assertThat(fail.error().type()).isEqualTo(JobError.NO_HANDLER);
            assertThat(fail.error().message()).contains("queue 'work'", "type 'type'", "register one");
        });
    }
}
