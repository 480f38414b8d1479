package io.jobqueue.spring;

import io.jobqueue.JobContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.annotation.SynthesizingMethodParameter;
import org.springframework.util.StringUtils;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

/** Reads what the parameters of a handler method ask for. */
final class HandlerParameterReader {

    private static final Logger log = LoggerFactory.getLogger(HandlerParameterReader.class);

    private final ParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();
    private final @Nullable PayloadValidator validator;

    HandlerParameterReader(@Nullable PayloadValidator validator) {
        this.validator = validator;
    }

    /**
     * Reads the parameters of {@code method} as {@code beanClass} inherits it.
     *
     * @param origin the method, for messages
     * @throws InvalidJobHandlerException when a parameter cannot be resolved
     */
    HandlerParameters read(Method method, Class<?> beanClass, String origin) {
        List<HandlerArgument> arguments = new ArrayList<>();
        Type payloadType = Void.class;
        for (int i = 0; i < method.getParameterCount(); i++) {
            MethodParameter parameter = new SynthesizingMethodParameter(method, i);
            JobHeader header = parameter.getParameterAnnotation(JobHeader.class);
            if (header != null) {
                arguments.add(header(parameter, header, origin));
            } else if (parameter.getParameterType() == JobContext.class) {
                arguments.add(HandlerArgument.CONTEXT);
            } else {
                if (payloadType != Void.class) {
                    throw new InvalidJobHandlerException(
                            origin + ": has two payload parameters, of types " + payloadType.getTypeName() + " and "
                                    + parameter.getGenericParameterType().getTypeName(),
                            "Keep one payload parameter; put both values into one payload class, or send one as a"
                                    + " header and annotate its parameter with @JobHeader.",
                            null);
                }
                refuseForeignAnnotations(parameter, origin);
                payloadType = GenericTypeResolver.resolveType(parameter.getGenericParameterType(), beanClass);
                arguments.add(payload(parameter, origin));
            }
        }
        return new HandlerParameters(payloadType, arguments);
    }

    private HandlerArgument header(MethodParameter parameter, JobHeader header, String origin) {
        if (parameter.getParameterType() == Map.class && header.value().isEmpty()) {
            return HandlerArgument.ALL_HEADERS;
        }
        if (parameter.getParameterType() != String.class) {
            throw new InvalidJobHandlerException(
                    origin + ": the @JobHeader parameter " + parameter.getParameterIndex() + " is of type "
                            + parameter.getGenericParameterType().getTypeName(),
                    "Headers are texts: make it a String, or a Map<String, String> without a name for all headers.",
                    null);
        }
        return HandlerArgument.header(
                StringUtils.hasText(header.value()) ? header.value() : name(parameter, origin), header.required());
    }

    private String name(MethodParameter parameter, String origin) {
        parameter.initParameterNameDiscovery(names);
        String name = parameter.getParameterName();
        if (name == null) {
            throw new InvalidJobHandlerException(
                    origin + ": the @JobHeader parameter " + parameter.getParameterIndex()
                            + " names no header, and the compiled class has no parameter names",
                    "Name it, as in @JobHeader(\"tenant\"), or compile with the -parameters flag.",
                    null);
        }
        return name;
    }

    private HandlerArgument payload(MethodParameter parameter, String origin) {
        for (Annotation annotation : parameter.getParameterAnnotations()) {
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
                        "Remove the annotation to receive the payload, or use @JobHeader to receive a header.",
                        null);
            }
        }
    }
}
