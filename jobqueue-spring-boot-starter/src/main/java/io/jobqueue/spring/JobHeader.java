package io.jobqueue.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a {@link JobHandler} method a header of the job: one as a {@code String}, or, without a name, all of
 * them as an unmodifiable {@code Map<String, String>}.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface JobHeader {

    /** The header's name. When empty, the parameter's, which needs the compiler's {@code -parameters} flag. */
    String value() default "";

    /**
     * Whether a job without the header fails, without a retry. When not required, the argument is null.
     */
    boolean required() default true;
}
