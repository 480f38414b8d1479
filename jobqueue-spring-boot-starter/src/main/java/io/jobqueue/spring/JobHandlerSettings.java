package io.jobqueue.spring;

import io.jobqueue.InvalidJobException;
import io.jobqueue.RetryPolicy;
import io.jobqueue.engine.JobSettings;
import io.jobqueue.engine.QueueSettings;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** Reads the attributes of {@link JobHandler}; a text may have placeholders and expressions, and empty is not set. */
final class JobHandlerSettings {

    private final AnnotationTexts texts;
    private final Function<String, RetryPolicy> retryPolicies;

    /**
     * Resolves every text with {@code texts}.
     *
     * @param retryPolicies returns the policy of a bean name, or throws {@link IllegalArgumentException}
     */
    JobHandlerSettings(AnnotationTexts texts, Function<String, RetryPolicy> retryPolicies) {
        this.texts = texts;
        this.retryPolicies = retryPolicies;
    }

    /**
     * Returns what the text of the attribute {@code name} means, or null when it is empty.
     *
     * @throws InvalidJobHandlerException when it cannot be resolved
     */
    @Nullable
    String text(String attribute, String name, String origin) {
        return texts.resolve(attribute, "the attribute " + name, origin);
    }

    /**
     * Returns what the annotation says about running its jobs.
     *
     * @throws InvalidJobHandlerException naming the attribute that makes no sense
     */
    JobSettings read(JobHandler annotation, String origin) {
        return new JobSettings(
                value(annotation.maxAttempts(), "maxAttempts", "a number such as 5", origin, text -> {
                    int maxAttempts = Integer.parseInt(text);
                    new JobSettings(maxAttempts, null, null, null, null, null);
                    return maxAttempts;
                }),
                value(annotation.retry(), "retry", "the name of a bean of type RetryPolicy", origin, retryPolicies),
                value(annotation.timeout(), "timeout", "a duration such as 30s or PT5M", origin, text -> {
                    Duration timeout = DurationStyle.detectAndParse(text, ChronoUnit.SECONDS);
                    new JobSettings(null, null, timeout, null, null, null);
                    return timeout;
                }),
                null,
                null,
                null,
                errors(annotation.noRetryFor()),
                errors(annotation.retryFor()));
    }

    /**
     * Returns how many jobs of the type run at once; null when the annotation does not say it.
     *
     * @throws InvalidJobHandlerException when the attribute makes no sense
     */
    @Nullable
    Integer concurrency(JobHandler annotation, String origin) {
        return value(annotation.concurrency(), "concurrency", "a number such as 2", origin, text -> {
            int concurrency = Integer.parseInt(text);
            new QueueSettings(concurrency, null, JobSettings.NONE);
            return concurrency;
        });
    }

    /**
     * Returns whether jobs are claimed from the start.
     *
     * @throws InvalidJobHandlerException when the attribute makes no sense
     */
    boolean autoStartup(JobHandler annotation, String origin) {
        Boolean autoStartup = value(annotation.autoStartup(), "autoStartup", "true or false", origin, text -> {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException("neither true nor false");
            }
            return Boolean.valueOf(text);
        });
        return autoStartup == null || autoStartup;
    }

    private static @Nullable Set<Class<? extends Throwable>> errors(Class<? extends Throwable>[] types) {
        return types.length == 0 ? null : Set.copyOf(Arrays.asList(types));
    }

    private <T> @Nullable T value(
            String attribute, String name, String wanted, String origin, Function<String, T> parser) {
        String text = text(attribute, name, origin);
        if (text == null) {
            return null;
        }
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException | InvalidJobException e) {
            throw new InvalidJobHandlerException(
                    origin + ": the attribute " + name + " is '" + text + "' (" + e.getMessage() + ")",
                    "Set " + name + " to " + wanted + ", or leave it empty.",
                    e);
        }
    }
}
