package io.jobqueue;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** How a payload class names its job type; see {@link JobType}. */
public final class TypeNames {

    private static final ClassValue<String> NAMES = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            JobType named = type.getAnnotation(JobType.class);
            return named != null ? Names.require("type", named.value()) : kebabCase(type);
        }
    };

    private TypeNames() {}

    /**
     * Returns the job type of a payload class: what its {@link JobType} says, else its simple name in kebab
     * case. {@code WelcomeMail} gives {@code welcome-mail}, {@code PDFReport} gives {@code pdf-report}.
     *
     * @throws InvalidJobException when the class says nothing about the work to do: a class of the JDK, an
     *     array, a collection, a map, text, a number or a class without a name
     */
    public static String of(Class<?> type) {
        return NAMES.get(type);
    }

    private static String kebabCase(Class<?> type) {
        if (saysNothing(type)) {
            throw new InvalidJobException("payload of " + type.getName()
                    + ": its class does not name a job type; enqueue it with a type of its own"
                    + " or wrap it in a record");
        }
        return type.getSimpleName()
                .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1-$2")
                .replace('_', '-')
                .toLowerCase(Locale.ROOT);
    }

    private static boolean saysNothing(Class<?> type) {
        return type.isPrimitive()
                || type.isArray()
                || type.getSimpleName().isEmpty()
                || type.isHidden()
                || type.isSynthetic()
                || type.getName().startsWith("java.")
                || CharSequence.class.isAssignableFrom(type)
                || Number.class.isAssignableFrom(type)
                || Collection.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type);
    }
}
