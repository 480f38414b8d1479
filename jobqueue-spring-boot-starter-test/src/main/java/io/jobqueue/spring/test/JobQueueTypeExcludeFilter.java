package io.jobqueue.spring.test;

import io.jobqueue.EnqueueInterceptor;
import io.jobqueue.JobErrorHandler;
import io.jobqueue.JobInterceptor;
import io.jobqueue.JobListener;
import io.jobqueue.PayloadUpcaster;
import io.jobqueue.RetryPolicy;
import io.jobqueue.codec.PayloadCipher;
import io.jobqueue.codec.PayloadCodec;
import io.jobqueue.engine.EngineListener;
import io.jobqueue.spring.JobArgumentResolver;
import io.jobqueue.spring.JobHandler;
import io.jobqueue.spring.PayloadValidator;
import io.jobqueue.spring.autoconfigure.JobEngineBuilderCustomizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.core.type.ClassMetadata;
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
            PayloadCipher.class,
            PayloadValidator.class,
            EngineListener.class,
            JobEngineBuilderCustomizer.class,
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
        return handlesJobs(reader, factory) || super.defaultInclude(reader, factory);
    }

    /** A handler may be inherited from a class or an interface. */
    private static boolean handlesJobs(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
        if (reader.getAnnotationMetadata().hasAnnotatedMethods(JobHandler.class.getName())) {
            return true;
        }
        ClassMetadata metadata = reader.getClassMetadata();
        List<String> inherited = new ArrayList<>(List.of(metadata.getInterfaceNames()));
        if (metadata.getSuperClassName() != null) {
            inherited.add(metadata.getSuperClassName());
        }
        for (String name : inherited) {
            if (!name.startsWith("java.") && handlesJobs(factory.getMetadataReader(name), factory)) {
                return true;
            }
        }
        return false;
    }
}
