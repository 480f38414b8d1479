package io.jobqueue.spring;

import io.jobqueue.codec.PayloadCodec;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a bean of type {@link PayloadCodec}, by its class or its {@code @Bean} method, the codec of some job types only:
 * what writes and reads their payloads and results, in place of the codec of all others. A type can have one.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface JobCodec {

    /** Returns the job types, at least one. */
    String[] value();
}
