package io.jobqueue.spring;

import io.jobqueue.JobContext;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.SynthesizingMethodParameter;

/** Reads what the parameters of a handler method ask for. */
final class HandlerParameterReader {

    private final List<JobArgumentResolver> resolvers;
    private final HeaderParameterReader headers;
    private final PayloadParameterReader payloads;

    /** Asks {@code resolvers}, in order, before a parameter is taken for the payload. */
    HandlerParameterReader(
            List<JobArgumentResolver> resolvers, HeaderParameterReader headers, @Nullable PayloadValidator validator) {
        this.resolvers = resolvers;
        this.headers = headers;
        payloads = new PayloadParameterReader(validator);
    }

    /**
     * Reads the parameters of {@code method} as {@code beanClass} inherits it.
     *
     * @param origin the method, for messages
     * @throws InvalidJobHandlerException when a parameter cannot be resolved
     */
    HandlerParameters read(Method method, Class<?> beanClass, String origin) {
        List<HandlerArgument> arguments = new ArrayList<>();
        Type payloadType = null;
        for (int i = 0; i < method.getParameterCount(); i++) {
            MethodParameter parameter = new SynthesizingMethodParameter(method, i).withContainingClass(beanClass);
            HandlerArgument argument = argument(parameter, origin);
            if (argument == null) {
                PayloadParameter payload = payloads.read(parameter, beanClass, origin);
                requireFirst(payloadType, payload.type(), origin);
                payloadType = payload.type();
                argument = payload.argument();
            }
            arguments.add(argument);
        }
        return new HandlerParameters(payloadType == null ? Void.class : payloadType, arguments);
    }

    /** Returns where the argument comes from, or null when it is the payload. */
    private @Nullable HandlerArgument argument(MethodParameter parameter, String origin) {
        JobHeader header = parameter.getParameterAnnotation(JobHeader.class);
        if (header != null) {
            return headers.read(parameter, header, origin);
        }
        if (parameter.getParameterType() == JobContext.class) {
            return HandlerArgument.CONTEXT;
        }
        return resolvers.stream()
                .filter(resolver -> resolver.supports(parameter))
                .findFirst()
                .map(resolver -> HandlerArgument.resolved(resolver, parameter, origin))
                .orElse(null);
    }

    private static void requireFirst(@Nullable Type known, Type further, String origin) {
        if (known != null) {
            throw new InvalidJobHandlerException(
                    origin + ": has two payload parameters, of types " + known.getTypeName() + " and "
                            + further.getTypeName(),
                    "Keep one payload parameter; put both values into one payload class, send one as a header and"
                            + " annotate its parameter with @JobHeader, or add a JobArgumentResolver bean for one.",
                    null);
        }
    }
}
