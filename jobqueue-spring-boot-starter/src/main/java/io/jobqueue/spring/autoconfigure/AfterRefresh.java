package io.jobqueue.spring.autoconfigure;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Does something whenever its own context has been refreshed: all handlers are known then. Of the refresh of a child context
 * it is told too, and does nothing.
 */
record AfterRefresh(ApplicationContext context, Runnable task) implements ApplicationListener<ContextRefreshedEvent> {

    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        if (context.equals(event.getApplicationContext())) {
            task.run();
        }
    }
}
