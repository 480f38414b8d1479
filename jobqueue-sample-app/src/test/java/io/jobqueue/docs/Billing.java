package io.jobqueue.docs;

import io.jobqueue.JobContext;
import io.jobqueue.PayloadException;
import io.jobqueue.spring.JobHandler;
import io.jobqueue.spring.JobHeader;
import jakarta.validation.Valid;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

@Component
class Billing {

    private final Set<String> charged = ConcurrentHashMap.newKeySet();

    @JobHandler(value = "invoice", queue = "billing", maxAttempts = "5", timeout = "30s")
    Receipt charge(@Valid Invoice invoice, JobContext job, @JobHeader("tenant") String tenant) {
        requireKnown(tenant);
        job.progress(50, "card charged");
        charged.add(invoice.number());
        return new Receipt(invoice.number(), tenant);
    }

    private static void requireKnown(String tenant) {
        if (!tenant.equals("acme")) {
            throw new PayloadException("tenant '" + tenant + "': is unknown", null);
        }
    }

    boolean hasCharged(String number) {
        return charged.contains(number);
    }
}
