package io.jobqueue.spring.autoconfigure;

import io.jobqueue.Backoff;
import io.jobqueue.RetryPolicy;
import io.jobqueue.spring.RetryPolicyBeans;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;

/** Finds the retry policies that the properties ask for: a bean by its name, or a backoff by its parts. */
final class RetrySettings {

    private final JobQueueProperties.Backoff defaults;
    private final RetryPolicyBeans policies;

    RetrySettings(JobQueueProperties properties, RetryPolicyBeans policies) {
        defaults = properties.defaults().backoff();
        this.policies = policies;
    }

    /** Returns the defaults' policy, or null when they leave it open. */
    @Nullable
    RetryPolicy ofDefaults(JobQueueProperties.Queue own) {
        return policy("jobqueue.defaults", own, Backoff.DEFAULT);
    }

    /** Returns a queue's policy, or null when it leaves it open; what it leaves open of a backoff, the defaults say. */
    @Nullable
    RetryPolicy of(String queue, JobQueueProperties.Queue own) {
        return policy(QueuePath.of(queue), own, backoff(defaults, Backoff.DEFAULT));
    }

    /** Returns a backoff whose open parts are taken from {@code other}. */
    static Backoff backoff(JobQueueProperties.Backoff own, Backoff other) {
        return new Backoff(
                own.initial() != null ? own.initial() : other.initial(),
                own.multiplier() != null ? own.multiplier() : other.multiplier(),
                own.increment() != null ? own.increment() : other.increment(),
                own.max() != null ? own.max() : other.max(),
                own.jitter() != null ? own.jitter() : other.jitter());
    }

    private @Nullable RetryPolicy policy(String path, JobQueueProperties.Queue own, Backoff other) {
        JobQueueProperties.Backoff backoff = own.backoff();
        requireOneOf(path, own.retry(), backoff);
        if (own.retry() != null) {
            return named(path + ".retry", own.retry());
        }
        return isOpen(backoff) ? null : RetryPolicy.backoff(backoff(backoff, other));
    }

    private RetryPolicy named(String property, String name) {
        try {
            return policies.named(name);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationPropertyValueException(property, name, String.valueOf(e.getMessage()), e);
        }
    }

    private static void requireOneOf(String path, @Nullable String retry, JobQueueProperties.Backoff backoff) {
        if (retry != null) {
            MutuallyExclusiveConfigurationPropertiesException.throwIfMultipleNonNullValuesIn(entries -> {
                entries.put(path + ".retry", retry);
                entries.put(path + ".backoff.initial", backoff.initial());
                entries.put(path + ".backoff.multiplier", backoff.multiplier());
                entries.put(path + ".backoff.increment", backoff.increment());
                entries.put(path + ".backoff.max", backoff.max());
                entries.put(path + ".backoff.jitter", backoff.jitter());
            });
        }
    }

    private static boolean isOpen(JobQueueProperties.Backoff backoff) {
        return backoff.initial() == null
                && backoff.multiplier() == null
                && backoff.increment() == null
                && backoff.max() == null
                && backoff.jitter() == null;
    }
}
