package io.jobqueue.spring.test;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.SpringBootTestContextBootstrapper;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Reads the properties of a {@link JobQueueTest}. */
final class JobQueueTestContextBootstrapper extends SpringBootTestContextBootstrapper {

    @Override
    protected String @Nullable [] getProperties(Class<?> testClass) {
        JobQueueTest annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass, JobQueueTest.class);
        return annotation == null ? null : annotation.properties();
    }
}
