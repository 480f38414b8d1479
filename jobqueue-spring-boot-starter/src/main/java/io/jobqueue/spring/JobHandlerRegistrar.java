package io.jobqueue.spring;

import io.jobqueue.InvalidJobException;
import io.jobqueue.engine.HandlerDefinition;
import io.jobqueue.engine.JobEngine;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.convert.ConversionService;

/**
 * Registers every {@link JobHandler} method of the context with the engine, when all singletons exist and before
 * the workers start.
 */
public final class JobHandlerRegistrar implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(JobHandlerRegistrar.class);

    private final ConfigurableListableBeanFactory beanFactory;
    private final JobEngine engine;
    private final JobHandlerRegistry registry;
    private final ObjectProvider<PayloadValidator> validator;
    private final ObjectProvider<JobArgumentResolver> resolvers;

    /**
     * Searches {@code beanFactory} and registers with {@code engine}.
     *
     * @param registry is told all handlers of the engine
     * @param validator checks payloads marked {@code @Valid}, when there is one
     * @param resolvers give methods arguments of other kinds than those of {@link JobHandler}
     */
    public JobHandlerRegistrar(
            ConfigurableListableBeanFactory beanFactory,
            JobEngine engine,
            JobHandlerRegistry registry,
            ObjectProvider<PayloadValidator> validator,
            ObjectProvider<JobArgumentResolver> resolvers) {
        this.beanFactory = beanFactory;
        this.engine = engine;
        this.registry = registry;
        this.validator = validator;
        this.resolvers = resolvers;
    }

    /**
     * Registers the handlers.
     *
     * @throws InvalidJobHandlerException when a method cannot be used, or two handle the same job type or have the same id
     */
    @Override
    public void afterSingletonsInstantiated() {
        engine.handlers().stream()
                .sorted(Comparator.comparing(HandlerDefinition::type))
                .forEach(definition -> registry.add(null, definition));
        AnnotationTexts texts = new AnnotationTexts(beanFactory);
        JobHandlerDefinitions definitions = new JobHandlerDefinitions(
                beanFactory,
                texts,
                new HandlerParameterReader(
                        resolvers.orderedStream().toList(),
                        new HeaderParameterReader(texts, conversionService()),
                        validator.getIfAvailable()));
        new JobHandlerBeans(beanFactory)
                .visit((beanName, beanClass, method, annotation) ->
                        register(definitions.define(beanName, beanClass, method, annotation)));
        log.info(
                "{} job handlers on the queues {}",
                engine.handlers().size(),
                engine.handlers().stream()
                        .map(HandlerDefinition::queue)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private ConversionService conversionService() {
        ConversionService ofTheContext = beanFactory.getConversionService();
        return ofTheContext != null ? ofTheContext : ApplicationConversionService.getSharedInstance();
    }

    private void register(DefinedHandler handler) {
        HandlerDefinition definition = handler.definition();
        try {
            engine.register(definition);
            registry.add(handler.id(), definition);
            log.debug(
                    "Jobs of type '{}' on queue '{}' run in {}",
                    definition.type(),
                    definition.queue(),
                    definition.origin());
        } catch (InvalidJobException e) {
            throw new InvalidJobHandlerException(
                    String.valueOf(e.getMessage()), "Give one of the handlers another job type, or remove it.", e);
        }
    }
}
