package io.jobqueue.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.PropertyMapping;

/**
 * Keeps the jobs of a test in memory, on a clock that stands still, and leaves the workers at rest: jobs run when the
 * test says so, by its {@link JobQueueTester}, or inside of the call that enqueues them; see {@link #mode()}. Goes with {@code @SpringBootTest}; the store of the application, and the
 * property {@code jobqueue.store.type}, do not count then. All jobs are removed after each test method.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureJobQueue {

    /** When jobs run. */
    @PropertyMapping("jobqueue-test.mode")
    JobQueueTestMode mode() default JobQueueTestMode.DRAINED;
}
