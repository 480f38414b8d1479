package io.jobqueue.spring.test.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobQueue;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.spring.test.JobQueueTest;
import io.jobqueue.spring.test.JobQueueTester;
import io.jobqueue.store.JobStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

@JobQueueTest(properties = {"jobqueue.store.type=redis", "shop.name=acme"})
class JobQueueSliceTests {

    @Autowired
    private ApplicationContext context;

    @Autowired
    private Environment environment;

    @Autowired
    private JobQueueTester tester;

    @Test
    void handlersAndInterceptorsAreIncludedAndOtherComponentsAreNot() {
        assertThat(context.getBeansOfType(Mails.class)).hasSize(1);
        assertThat(context.getBeansOfType(Tenant.class)).hasSize(1);
        assertThat(context.getBeansOfType(Unrelated.class)).isEmpty();
    }

    @Test
    void handlersThatAClassInheritsAreIncluded() {
        assertThat(context.getBeansOfType(InheritedHandlers.OfSuperclass.class)).hasSize(1);
        assertThat(context.getBeansOfType(InheritedHandlers.OfInterface.class)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Extensions.Cipher.class,
                Extensions.Validation.class,
                Extensions.Listener.class,
                Extensions.Customizer.class,
                Extensions.Module.class
            })
    void whatTakesPartInEveryJobIsIncluded(Class<?> kind) {
        assertThat(context.getBeansOfType(kind)).hasSize(1);
    }

    @Test
    void transactionsAreManaged() {
        assertThat(context.getBeansOfType(TransactionAutoConfiguration.class)).hasSize(1);
    }

    @Test
    void storeIsTheMemoryAndWorkersRest() {
        assertThat(context.getBean(JobStore.class).info().kind()).isEqualTo("memory");
        assertThat(context.getBean(JobEngine.class).isRunning()).isFalse();
    }

    @Test
    void nothingElseIsAutoConfigured() {
        assertThat(context.containsBean("redisConnectionFactory")).isFalse();
        assertThat(context.containsBean("applicationTaskExecutor")).isFalse();
    }

    @Test
    void propertiesOfTheTestHold() {
        assertThat(environment.getProperty("shop.name")).isEqualTo("acme");
    }

    @Test
    void jobsRun() {
        context.getBean(JobQueue.class).enqueue("mail", new Mail("ada"));

        assertThat(tester.drain()).hasSize(1);
    }
}
