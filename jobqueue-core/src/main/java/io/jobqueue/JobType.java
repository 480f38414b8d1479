package io.jobqueue;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the job type of a payload class, and the version of its format, so that {@link JobQueue#enqueue(Object)} and the handler agree
 * on it without repeating it. Without this annotation the type is the simple class name in kebab case:
 * {@code WelcomeMail} becomes {@code welcome-mail}.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface JobType {

    /** The job type. */
    String value();

    /**
     * The version of the payload's format, from 1. Raise it with a change that the reader of the old JSON would get
     * wrong, and register a {@link PayloadUpcaster} from the old version to the new one. Above 1 it is sent along as
     * the header {@value JobRequest#VERSION_HEADER}, whatever type the payload is enqueued under, and it is the version
     * that a handler of this payload class reads.
     */
    int version() default 1;
}
