package io.jobqueue.spring.test;

import io.jobqueue.EnqueueInterceptor;
import io.jobqueue.JobErrorHandler;
import io.jobqueue.JobInterceptor;
import io.jobqueue.JobListener;
import io.jobqueue.PayloadUpcaster;
import io.jobqueue.RetryPolicy;
import io.jobqueue.codec.PayloadCodec;
import io.jobqueue.spring.JobArgumentResolver;
import io.jobqueue.spring.JobHandler;
import java.io.IOException;
import java.util.Set;
import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** Leaves out every component that has nothing to do with jobs. */
final class JobQueueTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<JobQueueTest> {

    private static final Set<Class<?>> KINDS = Set.of(
            JobInterceptor.class,
            EnqueueInterceptor.class,
            JobErrorHandler.class,
            JobListener.class,
            RetryPolicy.class,
            PayloadUpcaster.class,
            PayloadCodec.class,
            JobArgumentResolver.class);

    JobQueueTypeExcludeFilter(Class<?> testClass) {
        super(testClass);
    }

    @Override
    protected Set<Class<?>> getKnownIncludes() {
        return KINDS;
    }

    @Override
    protected boolean defaultInclude(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
        return reader.getAnnotationMetadata().hasAnnotatedMethods(JobHandler.class.getName())
                || super.defaultInclude(reader, factory);
    }
}
