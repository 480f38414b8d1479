package io.jobqueue.engine;

import io.jobqueue.Durations;
import io.jobqueue.FailedAttempt;
import io.jobqueue.JobError;
import io.jobqueue.JobErrorHandler.Outcome;
import io.jobqueue.JobOutcomeException;
import io.jobqueue.JobRequest;
import io.jobqueue.store.Claim;
import io.jobqueue.store.Settlement;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides how a claim ends: a pure function of the claim, its rules and what happened.
 *
 * @param queue the queue's name, for messages
 * @param claim the claim
 * @param rules what holds for this job, the request's wishes included
 * @param spread where in the jitter of a retry to land, 0 (inclusive) to 1 (exclusive)
 */
record SettlementDecision(String queue, Claim claim, JobRules rules, double spread) {

    static final Duration HAND_BACK_DELAY = Duration.ofSeconds(5);
    static final int MOST_HAND_BACKS = 5;

    /** Returns the same decision for a job whose handler has said how long it is kept; null when it has not. */
    SettlementDecision keepingFor(@Nullable Duration kept) {
        return kept == null ? this : new SettlementDecision(queue, claim, rules.keepingFor(kept), spread);
    }

    /** Returns how an attempt is settled that ended by itself, whatever it was told meanwhile. */
    Settlement after(AttemptResult result, @Nullable Halt halt) {
        if (halt == Halt.CANCEL_REQUESTED) {
            return cancelled();
        }
        if (halt == Halt.TIMEOUT) {
            return timedOut();
        }
        if (result instanceof AttemptResult.Returned returned) {
            return completed(returned.result());
        }
        if (result instanceof AttemptResult.Threw threw) {
            return afterThrow(threw.error(), halt);
        }
        if (result instanceof AttemptResult.Hopeless hopeless) {
            return failed(ErrorText.of(hopeless.error()));
        }
        if (result instanceof AttemptResult.Overruled overruled) {
            return afterOverruling(overruled.outcome(), ErrorText.of(overruled.error()));
        }
        if (result instanceof AttemptResult.TooNew tooNew) {
            return withoutHandler("version " + tooNew.stored() + " of type '"
                    + claim.spec().type() + "', the newest here is " + tooNew.handled());
        }
        if (result instanceof AttemptResult.Unreadable unreadable) {
            return handedBackOr(unreadable(unreadable.defect()));
        }
        return withoutHandler("type '" + claim.spec().type() + "'");
    }

    /** Returns what follows a failed attempt unless somebody overrules it; null when there is nothing to overrule. */
    @Nullable
    Outcome planned(AttemptResult result, @Nullable Halt halt) {
        if (halt != null) {
            return null;
        }
        Settlement settlement = after(result, null);
        if (settlement instanceof Settlement.Retry retry) {
            return new Outcome.RetryAfter(retry.delay());
        }
        return settlement instanceof Settlement.Fail ? new Outcome.Fail() : null;
    }

    /** Returns how an attempt is settled whose handler has not begun, or is not waited for any longer. */
    Settlement withoutEnd(@Nullable Halt halt) {
        if (halt == Halt.CANCEL_REQUESTED) {
            return cancelled();
        }
        return halt == Halt.TIMEOUT ? timedOut() : released();
    }

    private Settlement timedOut() {
        AttemptTimeout error = new AttemptTimeout(Objects.requireNonNull(rules.timeout()));
        return failedBy(error, new JobError(JobError.TIMEOUT, error.getMessage(), ""));
    }

    private Settlement released() {
        return new Settlement.Release(claim.token());
    }

    private Settlement afterThrow(Throwable error, @Nullable Halt halt) {
        if (error instanceof JobOutcomeException.Fail) {
            return failed(ErrorText.of(error));
        }
        if (error instanceof JobOutcomeException.Cancel) {
            return cancelled();
        }
        if (error instanceof JobOutcomeException.Discard) {
            return discarded();
        }
        if (error instanceof JobOutcomeException.Snooze snooze) {
            return new Settlement.Snooze(claim.token(), snooze.delay());
        }
        if (halt == Halt.STOPPING) {
            return released();
        }
        return isWorthRetrying(error) ? failedBy(error, ErrorText.of(error)) : failed(ErrorText.of(error));
    }

    private Settlement afterOverruling(Outcome outcome, JobError error) {
        if (outcome instanceof Outcome.RetryAfter retry && claim.attempt() < JobRequest.MOST_ATTEMPTS) {
            return new Settlement.Retry(claim.token(), retry.delay(), error);
        }
        if (outcome instanceof Outcome.Cancel) {
            return cancelled();
        }
        if (outcome instanceof Outcome.Discard) {
            return discarded();
        }
        return outcome instanceof Outcome.Complete ? completed(null) : failed(error);
    }

    private boolean isWorthRetrying(Throwable error) {
        return error instanceof JobOutcomeException.RetryAfter
                || rules.retryable().contain(error);
    }

    private Settlement completed(byte @Nullable [] result) {
        return new Settlement.Complete(claim.token(), result, rules.completedRetention());
    }

    private Settlement cancelled() {
        return new Settlement.Cancel(claim.token(), rules.cancelledRetention());
    }

    private Settlement discarded() {
        return new Settlement.Cancel(claim.token(), Duration.ZERO);
    }

    private Settlement failed(JobError error) {
        return new Settlement.Fail(claim.token(), error, rules.failedRetention());
    }

    private Settlement failedBy(Throwable cause, JobError error) {
        return delayAfter(cause)
                .<Settlement>map(delay -> new Settlement.Retry(claim.token(), delay, error))
                .orElseGet(() -> failed(error));
    }

    private Optional<Duration> delayAfter(Throwable cause) {
        if (claim.attempt() >= JobRequest.MOST_ATTEMPTS) {
            return Optional.empty();
        }
        if (cause instanceof JobOutcomeException.RetryAfter wish) {
            return claim.attempt() < rules.maxAttempts() ? Optional.of(wish.delay()) : Optional.empty();
        }
        try {
            return rules.retry()
                    .delayAfter(new FailedAttempt(claim.attempt(), rules.maxAttempts(), cause, spread))
                    .filter(delay -> !delay.isNegative())
                    .map(delay -> delay.compareTo(Durations.LONGEST) > 0 ? Durations.LONGEST : delay);
        } catch (Throwable e) { // a policy is user code: whatever it throws is its answer "no more"
            return Optional.empty();
        }
    }

    private Settlement withoutHandler(String missing) {
        return handedBackOr(new JobError(
                JobError.NO_HANDLER,
                "queue '" + queue + "': no handler for " + missing
                        + "; register one in a process that works on this queue, or enqueue to another queue",
                ""));
    }

    private static JobError unreadable(String defect) {
        return new JobError(
                JobError.UNREADABLE,
                defect + "; replay the job when a process that reads it works on this queue, or remove it",
                "");
    }

    private Settlement handedBackOr(JobError error) {
        return claim.handBacks() < MOST_HAND_BACKS
                ? new Settlement.HandBack(claim.token(), HAND_BACK_DELAY)
                : failed(error);
    }
}
