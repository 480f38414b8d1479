package io.jobqueue;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One job to enqueue, with everything the caller has to say about it. Immutable once built; every
 * setter of the builder checks its value and names what is wrong with it.
 *
 * <pre>{@code
 * JobRequest.of("welcome-mail", new WelcomeMail("ada@example.org"))
 *     .queue("mails").id("order-42").delay(Duration.ofMinutes(5)).maxAttempts(5).build();
 * }</pre>
 *
 * @param type the name that selects the handler
 * @param payload any value the codec can write; null for a job without a payload
 * @param queue the queue; null for the queue of the type's handler, else {@code default}
 * @param id the job's id; null for one that is generated or made of the content
 * @param contentId whether the id is made of type and payload, so that equal content is one job
 * @param ifFailed what to do when the id belongs to a failed job that is still kept
 * @param delay how long after the enqueue the job is due, by the store's clock
 * @param runAt when the job is due, by the store's clock; null when {@code delay} says it
 * @param placement where among the waiting jobs of its priority it goes, without effect on a job that is not due yet;
 *     null for the order of its queue
 * @param dedup the key under which only one job may exist; null for none
 * @param priority higher runs first; equal priorities run in order of enqueue
 * @param maxAttempts how many attempts the job has; null for the queue's setting
 * @param backoff the delays between attempts; null for the queue's setting
 * @param timeout how long one attempt may run; null for the queue's setting
 * @param retention how long the job is kept after it completed; null for the queue's setting
 * @param headers text sent along beside the payload
 * @param timing when a transaction of the caller is open: what the job waits for; null for the producer's setting
 */
public record JobRequest(
        String type,
        @Nullable Object payload,
        @Nullable String queue,
        @Nullable String id,
        boolean contentId,
        IfFailed ifFailed,
        Duration delay,
        @Nullable Instant runAt,
        @Nullable Placement placement,
        @Nullable Dedup dedup,
        int priority,
        @Nullable Integer maxAttempts,
        @Nullable Backoff backoff,
        @Nullable Duration timeout,
        @Nullable Duration retention,
        Map<String, String> headers,
        @Nullable EnqueueTiming timing) {

    /** The latest due time. */
    public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** The most attempts a job may have. */
    public static final int MOST_ATTEMPTS = 10_000;

    /** The most headers a job may have. */
    public static final int MOST_HEADERS = 32;

    /** The longest value of a header, in {@code char}s. */
    public static final int LONGEST_HEADER = 1024;

    /** The header that says which version of its type's format a payload is of; without it, version 1. */
    public static final String VERSION_HEADER = "jobqueue-version";

    /** What an enqueue does when its id belongs to a failed job that is still kept. */
    public enum IfFailed {
        /** Keep the failed job and answer {@link Enqueued.Status#DUPLICATE}. */
        KEEP,
        /** Drop the failed job and store the new one. */
        REPLACE
    }

    /** Checks every value.
     *
     * @throws InvalidJobException naming the value, the bound and the remedy */
    public JobRequest {
        Names.require("type", type);
        if (queue != null) {
            Names.require("queue", queue);
        }
        if (id != null) {
            Names.require("job id", id);
        }
        if (id != null && contentId) {
            throw new InvalidJobException("id '" + Names.shown(id) + "' and contentId: give one of them, not both");
        }
        requireIfFailed(ifFailed);
        Durations.requireDelay("delay", delay);
        if (runAt != null && !delay.isZero()) {
            throw new InvalidJobException("delay " + delay + " and runAt " + runAt + ": give one of them, not both");
        }
        if (runAt != null) {
            requireNotTooLate(runAt);
        }
        if (maxAttempts != null) {
            requireAttempts(maxAttempts);
        }
        if (timeout != null) {
            Durations.requirePositive("timeout", timeout);
        }
        if (retention != null) {
            Durations.requireZeroOrMore("retention", retention);
        }
        headers = Headers.copyOf(headers);
    }

    /** Shows the type, the queue and the id, and leaves the payload out: payloads do not belong in logs. */
    @Override
    public String toString() {
        return "JobRequest[type=" + type + ", queue=" + queue + ", id=" + id + "]";
    }

    /**
     * Begins a request for a job with a payload, under the type of its class; see {@link JobType}.
     *
     * @throws InvalidJobException when the payload is null, or its class names no type
     */
    public static Builder of(Object payload) {
        return new Builder(TypeNames.of(givenPayload(payload).getClass()), payload);
    }

    private static Object givenPayload(@Nullable Object payload) {
        return Values.require("payload", payload, "use JobRequest.of(type) for a job without a payload");
    }

    /**
     * Begins a request for a job with a payload.
     *
     * @throws InvalidJobException when the type is not a name or the payload is null
     */
    public static Builder of(String type, Object payload) {
        requirePayload(type, payload);
        return new Builder(type, payload);
    }

    /**
     * Begins a request for a job without a payload.
     *
     * @throws InvalidJobException when the type is not a name
     */
    public static Builder of(String type) {
        return new Builder(type, null);
    }

    private static void requirePayload(String type, @Nullable Object payload) {
        Names.require("type", type);
        if (payload == null) {
            throw new InvalidJobException("type '" + Names.shown(type)
                    + "': payload is null; use JobRequest.of(type) for a job without a payload");
        }
    }

    /** Begins a request that says what this one says, to be changed. */
    public Builder toBuilder() {
        Builder builder = new Builder(type, payload);
        builder.queue = queue;
        builder.id = id;
        builder.contentId = contentId;
        builder.ifFailed = ifFailed;
        builder.delay = delay;
        builder.runAt = runAt;
        builder.placement = placement;
        builder.dedup = dedup;
        builder.priority = priority;
        builder.maxAttempts = maxAttempts;
        builder.backoff = backoff;
        builder.timeout = timeout;
        builder.retention = retention;
        builder.headers.putAll(headers);
        builder.timing = timing;
        return builder;
    }

    private static IfFailed requireIfFailed(@Nullable IfFailed ifFailed) {
        return Values.require("ifFailed", ifFailed, "give KEEP or REPLACE");
    }

    private static Instant requireNotTooLate(Instant runAt) {
        if (runAt.isAfter(LATEST)) {
            throw new InvalidJobException("runAt " + runAt + ": is too late; give at most " + LATEST);
        }
        return runAt;
    }

    private static int requireAttempts(int maxAttempts) {
        if (maxAttempts < 1 || maxAttempts > MOST_ATTEMPTS) {
            throw new InvalidJobException("maxAttempts " + maxAttempts + ": must be 1 to " + MOST_ATTEMPTS);
        }
        return maxAttempts;
    }

    /** Collects a request. Not thread-safe. */
    public static final class Builder {

        private final String type;
        private final @Nullable Object payload;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private @Nullable String queue;
        private @Nullable String id;
        private boolean contentId;
        private IfFailed ifFailed = IfFailed.KEEP;
        private Duration delay = Duration.ZERO;
        private @Nullable Instant runAt;
        private @Nullable Placement placement;
        private @Nullable Dedup dedup;
        private int priority;
        private @Nullable Integer maxAttempts;
        private @Nullable Backoff backoff;
        private @Nullable Duration timeout;
        private @Nullable Duration retention;
        private @Nullable EnqueueTiming timing;

        private Builder(String type, @Nullable Object payload) {
            this.type = Names.require("type", type);
            this.payload = payload;
        }

        /** Sets the queue; without it the queue of the type's handler in this process, else {@code default}. */
        public Builder queue(String queue) {
            this.queue = Names.require("queue", queue);
            return this;
        }

        /** Sets the id. A second enqueue of the same id changes nothing and says so. */
        public Builder id(String id) {
            this.id = Names.require("job id", id);
            return this;
        }

        /**
         * Makes the id of the content: the SHA-256 of the type and the payload's JSON, whatever the order of its keys,
         * its white space and the form of its numbers. Equal content is one job as long as that job is kept. Payloads
         * that the codec does not write as JSON, or with a key twice in an object, are refused at the enqueue.
         */
        public Builder contentId() {
            this.contentId = true;
            return this;
        }

        /** Sets what happens when the id belongs to a failed job that is still kept. */
        public Builder ifFailed(IfFailed ifFailed) {
            this.ifFailed = requireIfFailed(ifFailed);
            return this;
        }

        /** Sets how long after the enqueue the job is due; zero to 3,650 days. */
        public Builder delay(Duration delay) {
            this.delay = Durations.requireDelay("delay", delay);
            return this;
        }

        /** Sets when the job is due, by the store's clock; at once when that has passed. */
        public Builder runAt(Instant runAt) {
            this.runAt = requireNotTooLate(Values.require("runAt", runAt, "give a time, or leave it out"));
            return this;
        }

        /** Lets the job go before all that wait in its priority. Without effect on a job that is not due yet. */
        public Builder atFront() {
            this.placement = Placement.FRONT;
            return this;
        }

        /** Lets the job go behind all that wait in its priority, also in a queue whose order is last in, first out. */
        public Builder atEnd() {
            this.placement = Placement.END;
            return this;
        }

        /** Sets the key under which only one job may exist; whoever comes second is told the id of the first. */
        public Builder dedup(Dedup dedup) {
            if (dedup == null) {
                throw new InvalidJobException("dedup: is null; leave it out for a job without a key");
            }
            this.dedup = dedup;
            return this;
        }

        /**
         * Sets a key under which only one job may be enqueued in {@code window}, whatever becomes of it: short for
         * {@link Dedup#window}.
         *
         * @param window how long the key is held from the enqueue, by the store's clock; a millisecond to 3,650 days
         */
        public Builder dedup(String key, Duration window) {
            return dedup(Dedup.window(key, window));
        }

        /** Sets the priority: higher runs first, any {@code int}, 0 by default. */
        public Builder priority(int priority) {
            this.priority = priority;
            return this;
        }

        /** Sets how many attempts the job has, the first included; 1 to {@value JobRequest#MOST_ATTEMPTS}. */
        public Builder maxAttempts(int maxAttempts) {
            this.maxAttempts = requireAttempts(maxAttempts);
            return this;
        }

        /** Sets the delays between attempts. */
        public Builder backoff(Backoff backoff) {
            this.backoff = Values.require("backoff", backoff, "give one, or leave it out for the queue's setting");
            return this;
        }

        /** Sets how long one attempt may run; a millisecond to 3,650 days. */
        public Builder timeout(Duration timeout) {
            this.timeout = Durations.requirePositive("timeout", timeout);
            return this;
        }

        /**
         * Sets how long the job and its result are kept after it completed: a millisecond and more, or zero to remove
         * it at once.
         */
        public Builder retention(Duration retention) {
            this.retention = Durations.requireZeroOrMore("retention", retention);
            return this;
        }

        /**
         * Lets the job be stored when the transaction of the calling thread has committed, and never when that is rolled
         * back; at once without a transaction. The last of this and {@link #immediately} wins.
         */
        public Builder afterCommit() {
            this.timing = EnqueueTiming.AFTER_COMMIT;
            return this;
        }

        /** Lets the job be stored at once, whatever becomes of the transaction of the calling thread. */
        public Builder immediately() {
            this.timing = EnqueueTiming.IMMEDIATE;
            return this;
        }

        /**
         * Sends a text along beside the payload. The last value of a name wins.
         *
         * @param value at most {@value JobRequest#LONGEST_HEADER} characters, none of them a control character
         *     other than a tab
         */
        public Builder header(String name, String value) {
            headers.put(name, Headers.requireValue(name, value));
            return this;
        }

        /**
         * Sets which version of its type's format the payload is of, from 1. Without it, what the {@link JobType} of
         * the payload's class says. Above 1 it is sent along as the header {@value JobRequest#VERSION_HEADER}.
         */
        public Builder version(int version) {
            if (version < 1) {
                throw new InvalidJobException("version " + version + ": must be at least 1");
            }
            if (version == 1) {
                headers.remove(VERSION_HEADER);
                return this;
            }
            return header(VERSION_HEADER, String.valueOf(version));
        }

        /**
         * Returns the request.
         *
         * @throws InvalidJobException naming the value that is out of bounds
         */
        public JobRequest build() {
            return new JobRequest(
                    type,
                    payload,
                    queue,
                    id,
                    contentId,
                    ifFailed,
                    delay,
                    runAt,
                    placement,
                    dedup,
                    priority,
                    maxAttempts,
                    backoff,
                    timeout,
                    retention,
                    headers,
                    timing);
        }
    }
}
