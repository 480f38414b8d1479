package io.jobqueue;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the job type of a payload class, so that {@link JobQueue#enqueue(Object)} and the handler agree
 * on it without repeating it. Without this annotation the type is the simple class name in kebab case:
 * {@code WelcomeMail} becomes {@code welcome-mail}.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface JobType {

    /** The job type. */
    String value();
}
