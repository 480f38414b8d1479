package io.jobqueue.spring;

import java.util.Map;
import java.util.Optional;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;

/** Reads the {@link JobHeader} parameters of a handler method. */
final class HeaderParameterReader {

    private final ParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();
    private final AnnotationTexts texts;
    private final ConversionService conversions;

    /** Takes headers as whatever {@code conversions} makes of a text. */
    HeaderParameterReader(AnnotationTexts texts, ConversionService conversions) {
        this.texts = texts;
        this.conversions = conversions;
    }

    /**
     * Reads one parameter.
     *
     * @param origin the method, for messages
     * @throws InvalidJobHandlerException when it cannot be given a header
     */
    HandlerArgument read(MethodParameter parameter, JobHeader header, String origin) {
        String where = "the @JobHeader parameter " + parameter.getParameterIndex();
        String name = texts.resolve(header.value(), "the name of " + where, origin);
        if (parameter.getParameterType() == Map.class && name == null) {
            return HandlerArgument.ALL_HEADERS;
        }
        boolean required = isRequired(parameter, header, where, origin);
        boolean optional = parameter.getParameterType() == Optional.class;
        TypeDescriptor type = new TypeDescriptor(parameter.nestedIfOptional());
        requireConvertible(type, where, origin);
        return new HeaderArgument(
                name != null ? name : name(parameter, where, origin), type, required, optional, conversions);
    }

    private static boolean isRequired(MethodParameter parameter, JobHeader header, String where, String origin) {
        if (!header.required() && parameter.getParameterType().isPrimitive()) {
            throw new InvalidJobHandlerException(
                    origin + ": " + where + " is not required, but is of type " + parameter.getParameterType()
                            + ", which cannot be absent",
                    "Make it an Optional or a class such as Integer, or require the header.",
                    null);
        }
        return header.required() && parameter.getParameterType() != Optional.class;
    }

    private void requireConvertible(TypeDescriptor type, String where, String origin) {
        if (type.getType() != String.class && !conversions.canConvert(HeaderArgument.TEXT, type)) {
            throw new InvalidJobHandlerException(
                    origin + ": " + where + " is of type " + type.getResolvableType()
                            + ", and nothing converts a text to it",
                    "Headers are texts: make it a String, or a Map<String, String> without a name for all headers, or"
                            + " give the context a ConversionService, a bean named conversionService, with a Converter"
                            + " for the type.",
                    null);
        }
    }

    private String name(MethodParameter parameter, String where, String origin) {
        parameter.initParameterNameDiscovery(names);
        String name = parameter.getParameterName();
        if (name == null) {
            throw new InvalidJobHandlerException(
                    origin + ": " + where + " names no header, and the compiled class has no parameter names",
                    "Name it, as in @JobHeader(\"tenant\"), or compile with the -parameters flag.",
                    null);
        }
        return name;
    }
}
