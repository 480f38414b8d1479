package io.jobqueue.spring.autoconfigure;

import java.util.Arrays;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Holds when a type of store is named that there is not. */
final class OnUnknownStoreType extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        boolean unknown = OnStoreType.named(context.getEnvironment())
                .filter(name -> Arrays.stream(JobQueueProperties.StoreType.values())
                        .noneMatch(type -> OnStoreType.names(name, type.name())))
                .isPresent();
        return new ConditionOutcome(
                unknown,
                ConditionMessage.forCondition("Unknown store type")
                        .because(
                                OnStoreType.PROPERTY + (unknown ? " is none of them" : " is one of them, or not set")));
    }
}
