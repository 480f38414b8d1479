package io.jobqueue.spring;

import io.jobqueue.Job;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodParameter;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

/** Reads the payload parameter of a handler method: the payload itself, or {@link Job} with the payload inside. */
final class PayloadParameterReader {

    private static final Logger log = LoggerFactory.getLogger(PayloadParameterReader.class);

    private final @Nullable PayloadValidator validator;

    PayloadParameterReader(@Nullable PayloadValidator validator) {
        this.validator = validator;
    }

    /**
     * Reads {@code parameter} of a method as {@code beanClass} inherits it.
     *
     * @param origin the method, for messages
     * @throws InvalidJobHandlerException when it cannot be the payload
     */
    PayloadParameter read(MethodParameter parameter, Class<?> beanClass, String origin) {
        refuseForeignAnnotations(parameter, origin);
        Type type = GenericTypeResolver.resolveType(parameter.getGenericParameterType(), beanClass);
        HandlerArgument payload = argument(parameter, origin);
        return parameter.getParameterType() == Job.class
                ? new PayloadParameter(payloadOfJob(type, parameter, origin), HandlerArgument.job(payload))
                : new PayloadParameter(type, payload);
    }

    private static Type payloadOfJob(Type type, MethodParameter parameter, String origin) {
        Type payload =
                type instanceof ParameterizedType parameterized ? parameterized.getActualTypeArguments()[0] : null;
        if (payload == null || payload instanceof WildcardType || payload instanceof TypeVariable) {
            throw new InvalidJobHandlerException(
                    origin + ": the parameter " + parameter.getParameterIndex() + " is a "
                            + parameter.getGenericParameterType().getTypeName()
                            + ", which does not say what the payload is read as",
                    "Name the payload's class, as in Job<WelcomeMail>; take a JobContext when the payload is not"
                            + " needed.",
                    null);
        }
        return payload;
    }

    private HandlerArgument argument(MethodParameter parameter, String origin) {
        for (Annotation annotation : annotations(parameter)) {
            Object[] hints = ValidationAnnotationUtils.determineValidationHints(annotation);
            if (hints != null) {
                if (validator != null) {
                    return HandlerArgument.validatedPayload(validator, groups(hints));
                }
                log.warn(
                        "{}: its payload is marked {} but is not checked, because there is no Validator bean;"
                                + " add spring-boot-starter-validation",
                        origin,
                        annotation.annotationType().getSimpleName());
            }
        }
        return parameter.getParameterType().isPrimitive()
                ? HandlerArgument.primitivePayload(origin)
                : HandlerArgument.PAYLOAD;
    }

    /** Those of the parameter, and those of the payload inside a {@link Job}. */
    private static Annotation[] annotations(MethodParameter parameter) {
        Annotation[] own = parameter.getParameterAnnotations();
        AnnotatedType type = parameter.getParameter().getAnnotatedType();
        if (parameter.getParameterType() != Job.class || !(type instanceof AnnotatedParameterizedType job)) {
            return own;
        }
        Annotation[] ofPayload =
                Objects.requireNonNull(job.getAnnotatedActualTypeArguments()[0]).getAnnotations();
        return Stream.concat(Arrays.stream(own), Arrays.stream(ofPayload)).toArray(Annotation[]::new);
    }

    private static Class<?>[] groups(Object[] hints) {
        Class<?>[] groups = new Class<?>[hints.length];
        System.arraycopy(hints, 0, groups, 0, hints.length);
        return groups;
    }

    /**
     * An argument annotation of another Spring caller, such as messaging's {@code @Header}, would silently turn
     * its parameter into the payload.
     */
    private static void refuseForeignAnnotations(MethodParameter parameter, String origin) {
        for (Annotation annotation : parameter.getParameterAnnotations()) {
            String name = annotation.annotationType().getName();
            if (name.startsWith("org.springframework.")
                    && !name.startsWith("org.springframework.lang.")
                    && ValidationAnnotationUtils.determineValidationHints(annotation) == null) {
                throw new InvalidJobHandlerException(
                        origin + ": the parameter " + parameter.getParameterIndex() + " carries @" + name
                                + ", which has no meaning for a job",
                        "Remove the annotation to receive the payload, use @JobHeader to receive a header, or add a"
                                + " JobArgumentResolver bean that supports the parameter.",
                        null);
            }
        }
    }
}
