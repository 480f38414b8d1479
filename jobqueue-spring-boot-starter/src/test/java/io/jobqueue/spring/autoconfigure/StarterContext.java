package io.jobqueue.spring.autoconfigure;

import io.jobqueue.testkit.TestedProtocol;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Begins a test context with the starter in it, as an application that adds the dependency has. */
public final class StarterContext {

    private StarterContext() {}

    /** Returns a runner with every auto-configuration of the starter, on the memory store. */
    public static ApplicationContextRunner runner() {
        return bare().withPropertyValues("jobqueue.store.type=memory");
    }

    /** Returns a runner with every auto-configuration of the starter, for jobs on the Redis that it is told of. */
    public static ApplicationContextRunner onRedis() {
        return bare().withPropertyValues("jobqueue.store.type=redis")
                .withBean(JobQueueJedisClientConfigCustomizer.class, () -> TestedProtocol::choose);
    }

    /** Returns a runner with every auto-configuration of the starter and no property. */
    public static ApplicationContextRunner bare() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        JobQueueStoreAutoConfiguration.class,
                        JobQueueAutoConfiguration.class,
                        JobQueueObservationAutoConfiguration.class,
                        JobQueueEventAutoConfiguration.class,
                        JobQueueMetricsAutoConfiguration.class,
                        JobQueueHealthAutoConfiguration.class,
                        JobQueueEndpointAutoConfiguration.class));
    }
}
