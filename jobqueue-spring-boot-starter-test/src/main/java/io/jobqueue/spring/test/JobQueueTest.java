package io.jobqueue.spring.test;

import io.jobqueue.spring.JobHandler;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of the jobs of an application and of nothing else: of its components, those with a {@link JobHandler} method and
 * those that take part in every job, such as interceptors; of the auto-configuration, the job queue, JSON, validation and transactions.
 * What the handlers need beside that is given by {@code @Import} or {@code @MockitoBean}. Otherwise like
 * {@link AutoConfigureJobQueue}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(JobQueueTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(JobQueueTypeExcludeFilter.class)
@AutoConfigureJobQueue
@ImportAutoConfiguration
public @interface JobQueueTest {

    /** When jobs run. */
    @AliasFor(annotation = AutoConfigureJobQueue.class, attribute = "mode")
    JobQueueTestMode mode() default JobQueueTestMode.DRAINED;

    /** Properties of the test, as {@code name=value}. */
    String[] properties() default {};

    /** Whether components are filtered at all; otherwise none is included but those of {@link #includeFilters()}. */
    boolean useDefaultFilters() default true;

    /** What is included beside the usual components. */
    Filter[] includeFilters() default {};

    /** What is left out. */
    Filter[] excludeFilters() default {};

    /** Auto-configuration that is left out. */
    @AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
    Class<?>[] excludeAutoConfiguration() default {};
}
