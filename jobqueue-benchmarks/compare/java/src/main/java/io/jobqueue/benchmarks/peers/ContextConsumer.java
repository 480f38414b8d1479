package io.jobqueue.benchmarks.peers;

import com.github.sonus21.rqueue.listener.RqueueMessageListenerContainer;
import io.jobqueue.benchmarks.driver.Consumer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A worker that is a Spring application whose listeners are started by hand.
 *
 * @param context the application
 */
record ContextConsumer(ConfigurableApplicationContext context) implements Consumer {

    @Override
    public void start() {
        context.getBean(RqueueMessageListenerContainer.class).start();
    }

    @Override
    public void close() {
        context.close();
    }
}
