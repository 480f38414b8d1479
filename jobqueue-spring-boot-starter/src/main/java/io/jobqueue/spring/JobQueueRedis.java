package io.jobqueue.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Marks the Redis client of the application's, a bean of type {@code UnifiedJedis}, that makes the application's calls
 * to the job queue (enqueue, find, cancel, operate). It stays the application's to close, and must lead to the server and
 * database of {@code jobqueue.store.redis.*} or {@code spring.data.redis.*}: leases, settlements, waits and messages have
 * connections of their own to it, which never wait for the pool of the application, and are not made from this client,
 * since it does not show its credentials.
 */
@Documented
@Qualifier
@Target({ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface JobQueueRedis {}
