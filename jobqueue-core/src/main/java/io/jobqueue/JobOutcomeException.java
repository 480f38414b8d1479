package io.jobqueue;

import java.time.Duration;

/**
 * Thrown by a handler to say how its run ends; made by {@link JobOutcomes}. Immutable.
 */
public abstract sealed class JobOutcomeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private JobOutcomeException(String reason, boolean failure) {
        super(reason, null, false, failure);
    }

    /** The job has failed, no attempt follows. */
    public static final class Fail extends JobOutcomeException {

        private static final long serialVersionUID = 1L;

        Fail(String reason) {
            super(reason, true);
        }
    }

    /** The job ends cancelled. */
    public static final class Cancel extends JobOutcomeException {

        private static final long serialVersionUID = 1L;

        Cancel(String reason) {
            super(reason, false);
        }
    }

    /** The job ends cancelled, and nothing is kept of it. */
    public static final class Discard extends JobOutcomeException {

        private static final long serialVersionUID = 1L;

        Discard(String reason) {
            super(reason, false);
        }
    }

    /** The attempt has failed, and it is known when the next should follow. */
    public static final class RetryAfter extends JobOutcomeException {

        private static final long serialVersionUID = 1L;

        private final Duration delay;

        RetryAfter(Duration delay, String reason) {
            super(reason, true);
            this.delay = delay;
        }

        /** Returns how long after this attempt the next is due; zero or more. */
        public Duration delay() {
            return delay;
        }
    }

    /** The run does not count, and the job is put off. */
    public static final class Snooze extends JobOutcomeException {

        private static final long serialVersionUID = 1L;

        private final Duration delay;

        Snooze(Duration delay) {
            super("snoozed for " + delay, false);
            this.delay = delay;
        }

        /** Returns how long after this run the job is due; more than zero. */
        public Duration delay() {
            return delay;
        }
    }
}
