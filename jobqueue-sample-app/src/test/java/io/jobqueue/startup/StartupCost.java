package io.jobqueue.startup;

import java.lang.management.ManagementFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * Starts an application with nothing but what its class path configures, in a process that does nothing else, and
 * prints the milliseconds since the JVM began, the bean definitions and the loaded classes. See {@code startup.sh}.
 */
public final class StartupCost {

    private StartupCost() {}

    /** Starts the application with the properties of {@code arguments}. */
    public static void main(String[] arguments) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .run(arguments)) {
            long millis = System.currentTimeMillis()
                    - ManagementFactory.getRuntimeMXBean().getStartTime();
            System.out.printf(
                    "startup %d %d %d%n",
                    millis,
                    context.getBeanDefinitionCount(),
                    ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Nothing {}
}
