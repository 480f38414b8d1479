package io.jobqueue.docs;

import io.jobqueue.Backoff;
import io.jobqueue.EnqueueUnknownException;
import io.jobqueue.Enqueued;
import io.jobqueue.JobEvent;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSubscription;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

@Service
class Shop {

    private final JobQueue jobQueue;

    Shop(JobQueue jobQueue) {
        this.jobQueue = jobQueue;
    }

    Enqueued simply(Invoice invoice) {
        return jobQueue.enqueue(invoice);
    }

    Enqueued later(Invoice invoice) {
        return jobQueue.enqueue(
                "invoice", invoice, job -> job.delay(Duration.ofMinutes(5)).priority(10));
    }

    Enqueued laterByItsClass(Invoice invoice) {
        return jobQueue.enqueue(
                JobRequest.of(invoice).delay(Duration.ofMinutes(5)).build());
    }

    Enqueued inDetail(Invoice invoice) {
        JobRequest request = JobRequest.of("invoice", invoice)
                .queue("billing")
                .id("invoice-" + invoice.number())
                .header("tenant", "acme")
                .delay(Duration.ofMinutes(5))
                .priority(10)
                .maxAttempts(8)
                .backoff(Backoff.exponential(Duration.ofSeconds(5), Duration.ofHours(1)))
                .retention(Duration.ofDays(7))
                .build();
        return jobQueue.enqueue(request);
    }

    List<Enqueued> inBulk(List<Invoice> invoices) {
        return jobQueue.enqueueAll(invoices.stream().map(Shop::request).toList());
    }

    Enqueued insistently(JobRequest request) {
        try {
            return jobQueue.enqueue(request);
        } catch (EnqueueUnknownException e) {
            String id = e.ids().get(0).value();
            return jobQueue.enqueue(request.toBuilder().id(id).build());
        }
    }

    @Nullable
    Receipt andWait(Invoice invoice) {
        return jobQueue.enqueueAndWait(request(invoice), Receipt.class, Duration.ofSeconds(10));
    }

    JobSubscription listen(List<JobEvent> heard) {
        return jobQueue.listen("billing", heard::add);
    }

    private static JobRequest request(Invoice invoice) {
        return JobRequest.of("invoice", invoice)
                .queue("billing")
                .id("invoice-" + invoice.number())
                .header("tenant", "acme")
                .build();
    }
}
