package io.jobqueue.spring.autoconfigure;

import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.engine.JobEngine;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/** Warns, when all handlers are known, of configured queues that none of them claims from: likely a misspelling. */
final class ConfiguredQueueCheck implements ApplicationListener<ContextRefreshedEvent> {

    private static final Logger log = LoggerFactory.getLogger(ConfiguredQueueCheck.class);

    private final ApplicationContext context;
    private final Set<String> configured;
    private final JobEngine engine;

    ConfiguredQueueCheck(ApplicationContext context, Collection<String> configured, JobEngine engine) {
        this.context = context;
        this.configured = Set.copyOf(configured);
        this.engine = engine;
    }

    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        boolean ofAChildContext = !context.equals(event.getApplicationContext());
        if (ofAChildContext) {
            return;
        }
        Set<String> handled =
                engine.handlers().stream().map(HandlerDefinition::queue).collect(Collectors.toSet());
        configured.stream()
                .filter(queue -> !handled.contains(queue))
                .sorted()
                .forEach(queue -> log.warn(
                        "jobqueue.queues.{}: has no effect, because no handler of this process claims from the queue"
                                + " '{}'{}",
                        queue,
                        queue,
                        ClosestName.to(queue, handled)
                                .map(close -> "; did you mean '" + close + "'?")
                                .orElse("")));
    }
}
