package io.jobqueue.spring.autoconfigure;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Holds when one type of store is named, as binding reads the name: only letters and digits count, and blanks name nothing. */
abstract class OnStoreType extends SpringBootCondition {

    static final String PROPERTY = "jobqueue.store.type";

    private static final Pattern NO_PART_OF_A_NAME = Pattern.compile("[^\\p{L}\\p{Nd}]");

    private final String type;
    private final boolean otherwise;

    /** @param otherwise whether it holds when no type is named */
    OnStoreType(JobQueueProperties.StoreType type, boolean otherwise) {
        this.type = type.name();
        this.otherwise = otherwise;
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Optional<String> named = named(context.getEnvironment());
        ConditionMessage.Builder message = ConditionMessage.forCondition("Store type " + type);
        return named.map(name -> new ConditionOutcome(names(name, type), message.because(PROPERTY + " is " + name)))
                .orElseGet(() -> new ConditionOutcome(otherwise, message.because(PROPERTY + " is not set")));
    }

    /** Returns what is named; empty when nothing is. */
    static Optional<String> named(Environment environment) {
        return Optional.ofNullable(environment.getProperty(PROPERTY)).filter(StringUtils::hasText);
    }

    /** Returns whether binding takes {@code name} for {@code type}. */
    static boolean names(String name, String type) {
        return canonical(name).equals(canonical(type));
    }

    private static String canonical(String name) {
        return NO_PART_OF_A_NAME.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
