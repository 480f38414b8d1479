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
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.filter.AbstractTypeHierarchyTraversingFilter;
import org.springframework.core.type.filter.TypeFilter;
import org.springframework.util.ClassUtils;

/** Leaves out every component that has nothing to do with jobs. */
final class JobQueueTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<JobQueueTest> {

    private static final Set<Class<?>> KINDS = Stream.concat(
                    Stream.of(
                            JobInterceptor.class,
                            EnqueueInterceptor.class,
                            JobErrorHandler.class,
                            JobListener.class,
                            RetryPolicy.class,
                            PayloadUpcaster.class,
                            TaskDecorator.class,
                            PayloadCodec.class,
                            PayloadCipher.class,
                            PayloadValidator.class,
                            EngineListener.class,
                            JobEngineBuilderCustomizer.class,
                            JobArgumentResolver.class),
                    ifPresent(
                            "tools.jackson.databind.JacksonModule",
                            "org.springframework.boot.jackson.JacksonComponent",
                            "org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer"))
            .collect(Collectors.toUnmodifiableSet());

    private static final TypeFilter HANDLERS = new HandlerFilter();

    JobQueueTypeExcludeFilter(Class<?> testClass) {
        super(testClass);
    }

    @Override
    protected Set<Class<?>> getKnownIncludes() {
        return KINDS;
    }

    @Override
    protected boolean defaultInclude(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
        return HANDLERS.match(reader, factory) || super.defaultInclude(reader, factory);
    }

    private static Stream<Class<?>> ifPresent(String... names) {
        ClassLoader loader = JobQueueTypeExcludeFilter.class.getClassLoader();
        return Arrays.stream(names)
                .filter(name -> ClassUtils.isPresent(name, loader))
                .map(name -> ClassUtils.resolveClassName(name, loader));
    }

    /** Finds handlers also where a class inherits them. */
    private static final class HandlerFilter extends AbstractTypeHierarchyTraversingFilter {

        HandlerFilter() {
            super(true, true);
        }

        @Override
        protected boolean matchSelf(MetadataReader reader) {
            return reader.getAnnotationMetadata().hasAnnotatedMethods(JobHandler.class.getName());
        }
    }
}
