package io.jobqueue.spring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Holds when the memory store is named, or none: an empty value names none, as binding sees it. */
final class OnMemoryStoreType extends SpringBootCondition {

    private static final String PROPERTY = "jobqueue.store.type";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        String type = context.getEnvironment().getProperty(PROPERTY);
        ConditionMessage.Builder message = ConditionMessage.forCondition("Memory store");
        if (!StringUtils.hasText(type)) {
            return ConditionOutcome.match(message.because(PROPERTY + " is not set"));
        }
        return new ConditionOutcome("memory".equalsIgnoreCase(type.trim()), message.because(PROPERTY + " is " + type));
    }
}
