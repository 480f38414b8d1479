package io.jobqueue.benchmarks.peers;

import com.github.sonus21.rqueue.config.SimpleRqueueListenerContainerFactory;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A Spring application with Rqueue. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
class RqueueApplication {

    @Bean
    SimpleRqueueListenerContainerFactory containers() {
        SimpleRqueueListenerContainerFactory containers = new SimpleRqueueListenerContainerFactory();
        containers.setPollingInterval(1);
        containers.setAutoStartup(false);
        return containers;
    }
}
