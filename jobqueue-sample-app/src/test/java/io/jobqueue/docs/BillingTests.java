package io.jobqueue.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.jobqueue.Enqueued;
import io.jobqueue.JobFailedException;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.JobState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@SpringBootTest(properties = "jobqueue.store.type=memory")
class BillingTests {

    @Autowired
    private JobQueue jobQueue;

    @Autowired
    private Billing billing;

    @Autowired
    private Shop shop;

    @Autowired
    private DeadInvoices deadInvoices;

    @Test
    void anInvoiceIsCharged() {
        JobRequest request = JobRequest.of("invoice", new Invoice("2026-7", 1990))
                .header("tenant", "acme")
                .build();

        Receipt receipt = jobQueue.enqueueAndWait(request, Receipt.class, Duration.ofSeconds(10));

        assertThat(receipt).isEqualTo(new Receipt("2026-7", "acme"));
        assertThat(billing.hasCharged("2026-7")).isTrue();
    }

    @Test
    void anInvoiceThatBreaksItsConstraintsFailsWithoutARetry() {
        assertThatExceptionOfType(JobFailedException.class)
                .isThrownBy(() -> shop.andWait(new Invoice("2026-8", -1)))
                .satisfies(failed -> assertThat(
                                jobQueue.find(failed.id()).orElseThrow().attempts())
                        .isEqualTo(1));
        assertThat(billing.hasCharged("2026-8")).isFalse();
    }

    @Test
    void aDeadInvoiceIsHeardOf() {
        assertThatExceptionOfType(JobFailedException.class)
                .isThrownBy(() -> shop.andWait(new Invoice("2026-13", -1)))
                .satisfies(failed -> await().untilAsserted(
                                () -> assertThat(deadInvoices.found()).contains(failed.id())));
    }

    @Test
    void aDetailedRequestWaitsForItsTime() {
        Enqueued enqueued = shop.inDetail(new Invoice("2026-9", 1990));

        assertThat(enqueued.state()).isEqualTo(JobState.SCHEDULED);
        assertThat(shop.inDetail(new Invoice("2026-9", 1990)).isNew()).isFalse();
    }

    @Test
    void theTypeAndTheQueueOfAPayloadAreKnownFromItsHandler() {
        Enqueued enqueued = shop.simply(new Invoice("2026-10", 1990));

        assertThat(enqueued.id().queue()).isEqualTo("billing");
        assertThat(jobQueue.find(enqueued.id()).orElseThrow().type()).isEqualTo("invoice");
    }

    @Test
    void manyAreEnqueuedWithOneCall() {
        assertThat(shop.inBulk(List.of(new Invoice("2026-11", 1), new Invoice("2026-12", 2))))
                .allMatch(Enqueued::isNew);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Billing.class, Shop.class, DeadInvoices.class})
    static class Application {}
}
