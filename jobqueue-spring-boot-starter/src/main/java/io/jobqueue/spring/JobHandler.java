package io.jobqueue.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.core.annotation.AliasFor;

/**
 * Makes a bean's method the handler of one job type. Mind that {@link #value} is the <em>job type</em>, not the
 * queue: several types may share a queue.
 *
 * <pre>{@code
 * @JobHandler("welcome-mail")
 * Receipt send(@Valid WelcomeMail mail, JobContext job, @JobHeader("tenant") String tenant) { ... }
 * }</pre>
 *
 * <p>The parameters may stand in any order: at most one payload (the only parameter that is none of the
 * following), {@link io.jobqueue.JobContext}, {@link JobHeader} values, and what a {@link JobArgumentResolver} bean
 * supports. The payload may also be taken as {@link io.jobqueue.Job}, together with the context; its type argument then
 * says what it is read as. A payload marked {@code @Valid} or {@code @Validated}, itself or inside a {@code Job}, is
 * checked when the application has a {@code jakarta.validation.Validator}; a job that breaks its constraints fails
 * without a retry.
 *
 * <p>Returning ends the job; the value, if any, is its result. A {@link java.util.concurrent.CompletionStage} is
 * awaited, and its slot stays taken until it has completed; other futures, reactive types and {@code @Async} methods
 * without a future are refused, for their jobs would be completed before they have run. An exception ends the attempt, and the retry
 * settings decide what follows; {@link io.jobqueue.JobOutcomes} says other ends.
 *
 * <p>The method must not be private or static. It is called through its bean, so that advice such as
 * {@code @Transactional} applies; lazy, prototype and scoped beans are fetched when the job runs. It runs many
 * jobs at once and must be thread-safe. A job may run again after a crash: make its effects repeatable.
 *
 * <p>Every attribute that is a text may hold <code>${...}</code> placeholders and <code>#{...}</code> expressions, as in
 * {@code @Value}; empty means not set. One that cannot be resolved stops the start. May be used as a meta-annotation.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Reflective(JobHandlerReflectiveProcessor.class)
public @interface JobHandler {

    /** The job type; the same as {@link #type}. */
    @AliasFor("type")
    String value() default "";

    /**
     * The job type. When empty, the {@link io.jobqueue.JobType} of the payload's class, else its simple name in
     * kebab case.
     */
    @AliasFor("value")
    String type() default "";

    /** The queue its jobs are claimed from, and enqueued to when the request names none; {@code default} when empty. */
    String queue() default "";

    /**
     * How many jobs of the type this process runs at once, within the slots of their queue: its
     * {@code jobqueue.queues.<name>.concurrency}. As many as these when empty. Jobs beyond keep their places.
     */
    String concurrency() default "";

    /** How many attempts a job has, the first included, unless the request or {@code jobqueue.queues} says it. */
    String maxAttempts() default "";

    /**
     * How long one attempt may run, such as {@code 30s} or {@code PT5M}, unless the request or
     * {@code jobqueue.queues} says it. A number without a unit is in seconds.
     */
    String timeout() default "";

    /**
     * The name of a bean of type {@link io.jobqueue.RetryPolicy} that decides whether and when a failed attempt is
     * followed by another, unless the request or {@code jobqueue.queues} says it. The backoff of the defaults when empty.
     */
    String retry() default "";

    /**
     * Errors that fail the job at once when the method throws an instance of one, causes left aside; goes before
     * {@link #retryFor}. When empty, what the defaults say, and nothing otherwise.
     */
    Class<? extends Throwable>[] noRetryFor() default {};

    /**
     * The only errors that another attempt may follow when the method throws an instance of one, causes left aside.
     * When empty, what the defaults say, and all errors otherwise. A timeout is retried either way.
     */
    Class<? extends Throwable>[] retryFor() default {};

    /**
     * Whether this process claims jobs of the type from the start, {@code true} when empty. Otherwise it does so from
     * {@link JobHandlerRegistry#resume} on.
     */
    String autoStartup() default "";

    /**
     * What the handler is called in {@link JobHandlerRegistry}, in messages and log lines. When empty, {@code jobHandler#}
     * and a number, which may be another one after the next start.
     */
    String id() default "";
}
