package io.jobqueue.spring;

import io.jobqueue.Job;
import io.jobqueue.JobContext;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.core.GenericTypeResolver;

/** What of a handler method is written and read as JSON. */
final class HandlerBindings {

    private HandlerBindings() {}

    /** Returns the types of payload and result, as {@code beanClass} has or inherits the method. */
    static Set<Type> of(Method method, Class<?> beanClass) {
        Set<Type> types = new LinkedHashSet<>();
        for (Parameter parameter : method.getParameters()) {
            if (parameter.getType() != JobContext.class && !parameter.isAnnotationPresent(JobHeader.class)) {
                types.add(payloadOf(GenericTypeResolver.resolveType(parameter.getParameterizedType(), beanClass)));
            }
        }
        if (method.getReturnType() != void.class) {
            types.add(GenericTypeResolver.resolveType(method.getGenericReturnType(), beanClass));
        }
        return types;
    }

    /** The payload is bound, not the {@link Job} around it. */
    private static Type payloadOf(Type parameter) {
        return parameter instanceof ParameterizedType type && type.getRawType() == Job.class
                ? type.getActualTypeArguments()[0]
                : parameter;
    }
}
