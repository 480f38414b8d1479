package io.jobqueue.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a {@link JobHandler} method a header of the job: one, or, without a name, all of them as an unmodifiable
 * {@code Map<String, String>}.
 *
 * <p>Headers are texts. A parameter of another type, such as {@code int}, {@code Duration}, {@code UUID} or an enum, is
 * given what the {@code ConversionService} of the context makes of the text, that of Spring Boot when the context has
 * none. A type that it makes of no text stops the start; a text that it cannot read fails the job without a retry.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface JobHeader {

    /**
     * The header's name, which may hold <code>${...}</code> and <code>#{...}</code>. When empty, the parameter's, which
     * needs the compiler's {@code -parameters} flag.
     */
    String value() default "";

    /**
     * Whether a job without the header fails, without a retry. When not required, the argument is null; a primitive
     * cannot be, and stops the start. An {@code Optional} is never required, and empty without the header.
     */
    boolean required() default true;
}
