package io.jobqueue.docs;

import io.jobqueue.Dedup;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.spring.JobHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

@Component
class ReceiptMails {

    private final JobQueue jobQueue;
    private final List<String> sent = new CopyOnWriteArrayList<>();

    ReceiptMails(JobQueue jobQueue) {
        this.jobQueue = jobQueue;
    }

    @ApplicationModuleListener
    void onPaid(InvoicePaid paid) {
        jobQueue.enqueue(JobRequest.of("receipt-mail", paid.number())
                .dedup(Dedup.window("receipt-mail " + paid.eventId(), Duration.ofDays(7)))
                .immediately()
                .build());
    }

    @JobHandler("receipt-mail")
    void send(String number) {
        sent.add(number);
    }

    List<String> sent() {
        return List.copyOf(sent);
    }
}
