package io.jobqueue.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.PayloadException;
import io.jobqueue.spring.test.AutoConfigureJobQueue;
import io.jobqueue.spring.test.JobQueueTestMode;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@SpringBootTest
@AutoConfigureJobQueue(mode = JobQueueTestMode.INLINE)
class InlineBillingTests {

    @Autowired
    private JobQueue jobQueue;

    @Autowired
    private Billing billing;

    @Test
    void anInvoiceIsChargedWhenEnqueueReturns() {
        jobQueue.enqueue(JobRequest.of("invoice", new Invoice("2026-7", 1990))
                .header("tenant", "acme")
                .build());

        assertThat(billing.hasCharged("2026-7")).isTrue();
    }

    @Test
    void whatTheHandlerThrowsReachesTheCaller() {
        JobRequest request = JobRequest.of("invoice", new Invoice("2026-8", 1990))
                .header("tenant", "nobody")
                .build();

        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> jobQueue.enqueue(request))
                .withMessageContaining("tenant 'nobody'");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Billing.class)
    static class Application {}
}
