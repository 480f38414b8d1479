package io.jobqueue.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobQueue;
import io.jobqueue.spring.PayloadValidator;
import io.jobqueue.spring.actuate.JobMeters;
import io.jobqueue.spring.actuate.JobQueueHealthIndicator;
import io.jobqueue.spring.actuate.QueueMeters;
import io.jobqueue.spring.event.JobQueueEventPublisher;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class WholeApplicationTests {

    @Test
    void everyPartIsFoundByItsListingAlone() {
        new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(JobQueue.class)
                        .hasSingleBean(PayloadValidator.class)
                        .hasSingleBean(JobQueueHealthIndicator.class)
                        .hasSingleBean(JobMeters.class)
                        .hasSingleBean(JobQueueEventPublisher.class)
                        .hasSingleBean(QueueMeters.class));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
