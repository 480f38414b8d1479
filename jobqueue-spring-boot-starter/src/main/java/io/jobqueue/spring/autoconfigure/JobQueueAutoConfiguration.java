package io.jobqueue.spring.autoconfigure;

import io.jobqueue.JobListener;
import io.jobqueue.JobQueue;
import io.jobqueue.codec.JacksonPayloadCodec;
import io.jobqueue.codec.PayloadCipher;
import io.jobqueue.codec.PayloadCodec;
import io.jobqueue.engine.EngineListener;
import io.jobqueue.engine.EngineObserver;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.engine.TransactionBoundary;
import io.jobqueue.spring.BeanValidation;
import io.jobqueue.spring.JobArgumentResolver;
import io.jobqueue.spring.JobHandlerRegistrar;
import io.jobqueue.spring.JobHandlerRegistry;
import io.jobqueue.spring.JobListenerLifecycle;
import io.jobqueue.spring.JobQueueLifecycle;
import io.jobqueue.spring.PayloadValidator;
import io.jobqueue.spring.RetryPolicyBeans;
import io.jobqueue.store.JobStore;
import jakarta.validation.Validator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import tools.jackson.databind.json.JsonMapper;

/** Builds the engine on the store, registers the handlers and runs the workers with the application. */
@AutoConfiguration(
        after = JobQueueStoreAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
            "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration"
        })
@ConditionalOnBooleanProperty(name = "jobqueue.enabled", matchIfMissing = true)
@ConditionalOnBean(JobStore.class)
@EnableConfigurationProperties(JobQueueProperties.class)
public final class JobQueueAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(JobQueueAutoConfiguration.class);

    @Bean
    @ConditionalOnMissingBean(PayloadCodec.class)
    JacksonPayloadCodec jobPayloadCodec(ObjectProvider<JsonMapper> mappers) {
        return json(mappers);
    }

    private static JacksonPayloadCodec json(ObjectProvider<JsonMapper> mappers) {
        JsonMapper mapper = mappers.getIfUnique();
        return mapper != null ? new JacksonPayloadCodec(mapper) : new JacksonPayloadCodec();
    }

    @Bean
    @ConditionalOnMissingBean
    PayloadCipher jobPayloadCipher(JobQueueProperties properties) {
        PayloadCipher cipher = properties.encryption().cipher();
        if (properties.encryption().writePlain()) {
            log.warn("Payloads and results are written plain, although there are keys to encrypt them, because"
                    + " jobqueue.encryption.write-plain is true");
        } else if (cipher != PayloadCipher.NONE) {
            log.info("Payloads and results are encrypted: {}", cipher);
        }
        return cipher;
    }

    @Bean
    @ConditionalOnMissingBean
    JobEngine jobEngine(
            JobStore store,
            ObjectProvider<JsonMapper> mappers,
            PayloadCipher cipher,
            JobQueueProperties properties,
            Environment environment,
            ListableBeanFactory beans,
            ObjectProvider<TaskDecorator> decorators,
            ObjectProvider<EngineListener> listeners,
            ObjectProvider<EngineObserver> observer,
            ObjectProvider<TransactionBoundary> transactions,
            ObjectProvider<JobEngineBuilderCustomizer> customizers) {
        new DurabilityCheck(store).run(properties);
        EngineSettings settings = new EngineSettings(properties, new RetryPolicyBeans(beans));
        JobEngine.Builder builder = JobEngine.builder(store)
                .cipher(cipher)
                .defaults(settings.defaults())
                .listener(new EngineListeners(listeners.orderedStream().toList()))
                .shutdownTimeout(properties.worker().shutdownTimeout())
                .interruptGrace(properties.worker().interruptGrace())
                .claimWait(properties.worker().claimWait())
                .enqueueTiming(properties.producer().transaction().timing())
                .maxPayloadBytes(
                        Math.toIntExact(properties.producer().maxPayloadSize().toBytes()));
        if (properties.worker().name() != null) {
            builder.workerName(properties.worker().name());
        }
        properties.queues().keySet().forEach(name -> builder.queue(name, settings.queue(name)));
        if (VirtualThreads.areUsed(
                properties.worker().virtualThreads(),
                Threading.VIRTUAL.isActive(environment),
                Runtime.version().feature())) {
            builder.executor(new VirtualThreadTaskExecutor("jobqueue-job-"));
        }
        observer.ifAvailable(builder::observer);
        transactions.ifAvailable(builder::transactions);
        new CodecBeans(beans).addTo(builder, () -> json(mappers));
        new EngineExtensions(beans, decorators.orderedStream().toList()).addTo(builder);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    JobQueue jobQueue(JobEngine engine) {
        return engine.jobQueue();
    }

    @Bean
    @ConditionalOnMissingBean
    JobHandlerRegistry jobHandlerRegistry(JobEngine engine) {
        return new JobHandlerRegistry(engine);
    }

    @Bean
    @ConditionalOnMissingBean
    static JobHandlerRegistrar jobHandlerRegistrar(
            ConfigurableListableBeanFactory beanFactory,
            JobEngine engine,
            JobHandlerRegistry registry,
            ObjectProvider<PayloadValidator> validator,
            ObjectProvider<JobArgumentResolver> resolvers) {
        return new JobHandlerRegistrar(beanFactory, engine, registry, validator, resolvers);
    }

    @Bean
    @ConditionalOnMissingBean
    JobListenerLifecycle jobListenerLifecycle(
            JobEngine engine, ObjectProvider<JobListener> listeners, JobQueueProperties properties) {
        return new JobListenerLifecycle(
                engine, listeners.orderedStream().toList(), properties.worker().phase());
    }

    @Bean
    AfterRefresh jobQueueEffectiveSettingsLog(
            ApplicationContext context, JobEngine engine, JobQueueProperties properties) {
        return new AfterRefresh(
                context, new EffectiveSettingsLog(properties.queues().keySet(), engine)::write);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(name = "jobqueue.worker.enabled", matchIfMissing = true)
    static class WorkerConfiguration {

        @Bean
        @ConditionalOnMissingBean
        JobQueueLifecycle jobQueueLifecycle(JobEngine engine, JobQueueProperties properties) {
            return new JobQueueLifecycle(
                    engine,
                    properties.worker().autoStartup(),
                    properties.worker().phase());
        }

        @Bean
        AfterRefresh jobQueueHandlerCheck(ApplicationContext context, JobEngine engine, JobQueueProperties properties) {
            return new AfterRefresh(context, new HandlerCheck(properties, engine)::warn);
        }

        @Bean
        AfterRefresh jobQueueConfiguredQueueCheck(
                ApplicationContext context, JobEngine engine, JobQueueProperties properties) {
            ConfiguredQueueCheck check = new ConfiguredQueueCheck(properties.queues(), engine);
            return new AfterRefresh(context, properties.worker().strictQueues() ? () -> {} : check::warn);
        }

        @Bean
        BeforeWorkers jobQueueStrictQueueCheck(JobEngine engine, JobQueueProperties properties) {
            ConfiguredQueueCheck check = new ConfiguredQueueCheck(properties.queues(), engine);
            return new BeforeWorkers(properties.worker().strictQueues() ? check::require : () -> {});
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Validator.class)
    @ConditionalOnSingleCandidate(Validator.class)
    static class ValidationConfiguration {

        @Bean
        @ConditionalOnMissingBean(PayloadValidator.class)
        BeanValidation jobPayloadValidator(Validator validator) {
            return new BeanValidation(validator);
        }
    }
}
