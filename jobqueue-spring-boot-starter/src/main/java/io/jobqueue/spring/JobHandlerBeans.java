package io.jobqueue.spring;

import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/**
 * Finds annotated methods by the types of the bean definitions. No bean is created for it, so lazy and prototype
 * beans are found too.
 */
final class JobHandlerBeans {

    private static final Logger log = LoggerFactory.getLogger(JobHandlerBeans.class);

    private final ConfigurableListableBeanFactory beanFactory;

    JobHandlerBeans(ConfigurableListableBeanFactory beanFactory) {
        this.beanFactory = beanFactory;
    }

    /** Is told one annotated method. */
    @FunctionalInterface
    interface Visitor {
        void visit(String beanName, Class<?> beanClass, Method method, JobHandler annotation);
    }

    void visit(Visitor visitor) {
        for (String beanName : beanFactory.getBeanNamesForType(Object.class, true, false)) {
            Class<?> beanClass = classOf(beanName);
            if (beanClass != null) {
                methodsOf(beanName, beanClass)
                        .forEach((method, annotation) -> visitor.visit(beanName, beanClass, method, annotation));
            }
        }
    }

    /** Returns the class behind any proxy, or null when the bean cannot be a handler. */
    private @Nullable Class<?> classOf(String beanName) {
        if (ScopedProxyUtils.isScopedTarget(beanName)) {
            return null;
        }
        try {
            Class<?> type = AutoProxyUtils.determineTargetClass(beanFactory, beanName);
            if (type != null && ScopedObject.class.isAssignableFrom(type)) {
                type = AutoProxyUtils.determineTargetClass(beanFactory, ScopedProxyUtils.getTargetBeanName(beanName));
            }
            return type;
        } catch (RuntimeException | LinkageError e) {
            log.debug("Bean '{}': its type cannot be told, so it is not searched for job handlers", beanName, e);
            return null;
        }
    }

    private static boolean mayHandleJobs(Class<?> beanClass) {
        return AnnotationUtils.isCandidateClass(beanClass, JobHandler.class) && !isOfTheFramework(beanClass);
    }

    /** Applications may have packages of this name too: as for event listeners, what is marked as a component is searched. */
    private static boolean isOfTheFramework(Class<?> beanClass) {
        return beanClass.getName().startsWith("org.springframework.")
                && !AnnotatedElementUtils.isAnnotated(ClassUtils.getUserClass(beanClass), Component.class);
    }

    /**
     * Returns the annotated methods of a class and those it inherits. A lazy bean may name classes that are not there, in
     * methods that nobody calls; such a class has none.
     */
    static Map<Method, JobHandler> methodsOf(String beanName, Class<?> beanClass) {
        if (!mayHandleJobs(beanClass)) {
            return Map.of();
        }
        try {
            return MethodIntrospector.selectMethods(beanClass, (MethodIntrospector.MetadataLookup<JobHandler>)
                    method -> AnnotatedElementUtils.findMergedAnnotation(method, JobHandler.class));
        } catch (IllegalStateException | LinkageError e) {
            log.debug("Bean '{}': its methods cannot be read, so it is not searched for job handlers", beanName, e);
            return Map.of();
        }
    }
}
