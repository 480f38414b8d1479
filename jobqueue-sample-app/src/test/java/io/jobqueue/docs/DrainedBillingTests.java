package io.jobqueue.docs;

import static io.jobqueue.spring.test.JobQueueAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.PayloadException;
import io.jobqueue.spring.test.AutoConfigureJobQueue;
import io.jobqueue.spring.test.JobQueueTester;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@SpringBootTest
@AutoConfigureJobQueue
class DrainedBillingTests {

    @Autowired
    private JobQueue jobQueue;

    @Autowired
    private JobQueueTester jobs;

    @Autowired
    private Billing billing;

    @Test
    void anInvoiceIsChargedWhenItIsDue() {
        Invoice invoice = new Invoice("2026-7", 1990);
        jobQueue.enqueue(JobRequest.of("invoice", invoice)
                .header("tenant", "acme")
                .delay(Duration.ofDays(1))
                .build());
        assertThat(jobs)
                .hasEnqueued("invoice")
                .isOnQueue("billing")
                .hasPayload(invoice)
                .isDueIn(Duration.ofDays(1));

        jobs.advance(Duration.ofDays(1));
        jobs.drain();

        assertThat(billing.hasCharged("2026-7")).isTrue();
        assertThat(jobs).hasEnqueuedNothing();
    }

    @Test
    void whatTheHandlerThrowsReachesTheTest() {
        jobQueue.enqueue(JobRequest.of("invoice", new Invoice("2026-8", 1990))
                .header("tenant", "nobody")
                .build());

        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(jobs::drain)
                .withMessageContaining("tenant 'nobody'");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Billing.class)
    static class Application {}
}
