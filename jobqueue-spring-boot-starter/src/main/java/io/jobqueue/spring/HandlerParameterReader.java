package io.jobqueue.spring;

import io.jobqueue.JobContext;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.annotation.SynthesizingMethodParameter;
import org.springframework.util.StringUtils;

/** Reads what the parameters of a handler method ask for. */
final class HandlerParameterReader {

    private final ParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();
    private final List<JobArgumentResolver> resolvers;
    private final PayloadParameterReader payloads;

    /** Asks {@code resolvers}, in order, before a parameter is taken for the payload. */
    HandlerParameterReader(List<JobArgumentResolver> resolvers, @Nullable PayloadValidator validator) {
        this.resolvers = resolvers;
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
            return header(parameter, header, origin);
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
}
