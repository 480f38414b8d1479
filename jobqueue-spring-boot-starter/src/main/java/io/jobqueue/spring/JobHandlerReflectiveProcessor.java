package io.jobqueue.spring;

import io.jobqueue.Job;
import io.jobqueue.JobContext;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.annotation.SimpleReflectiveProcessor;

/** Lets a native image call a handler method and read and write its payload and result as JSON. */
class JobHandlerReflectiveProcessor extends SimpleReflectiveProcessor {

    private final BindingReflectionHintsRegistrar bindings = new BindingReflectionHintsRegistrar();

    @Override
    protected void registerMethodHint(ReflectionHints hints, Method method) {
        super.registerMethodHint(hints, method);
        for (Parameter parameter : method.getParameters()) {
            if (parameter.getType() != JobContext.class && !parameter.isAnnotationPresent(JobHeader.class)) {
                bindings.registerReflectionHints(hints, payloadOf(parameter.getParameterizedType()));
            }
        }
        if (method.getReturnType() != void.class) {
            bindings.registerReflectionHints(hints, method.getGenericReturnType());
        }
    }

    /** The payload is bound, not the {@link Job} around it. */
    private static Type payloadOf(Type parameter) {
        return parameter instanceof ParameterizedType type && type.getRawType() == Job.class
                ? type.getActualTypeArguments()[0]
                : parameter;
    }
}
