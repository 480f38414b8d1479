package io.jobqueue.spring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Holds when one type of store is named, as binding reads the name: blanks around it, or nothing but blanks, say nothing. */
abstract class OnStoreType extends SpringBootCondition {

    private static final String PROPERTY = "jobqueue.store.type";

    private final String type;
    private final boolean otherwise;

    /** @param otherwise whether it holds when no type is named */
    OnStoreType(String type, boolean otherwise) {
        this.type = type;
        this.otherwise = otherwise;
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        String named = context.getEnvironment().getProperty(PROPERTY);
        ConditionMessage.Builder message = ConditionMessage.forCondition("Store type " + type);
        if (!StringUtils.hasText(named)) {
            return new ConditionOutcome(otherwise, message.because(PROPERTY + " is not set"));
        }
        return new ConditionOutcome(type.equalsIgnoreCase(named.trim()), message.because(PROPERTY + " is " + named));
    }
}
