package io.jobqueue.spring.test.app;

import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.spring.JobHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Handlers that remember what they did. */
@Component
public class Mails {

    /** On which threads mails were sent. */
    public final List<Thread> threads = new ArrayList<>();

    private final JobQueue jobQueue;

    Mails(JobQueue jobQueue) {
        this.jobQueue = jobQueue;
    }

    @JobHandler(value = "mail", queue = "mails")
    String send(Mail mail) throws IOException {
        threads.add(Thread.currentThread());
        if (mail.to().equals("nobody")) {
            throw new IOException("no such mailbox");
        }
        return "sent to " + mail.to();
    }

    @JobHandler("newsletter")
    void sendToAll(List<String> readers) {
        for (String reader : readers) {
            jobQueue.enqueue("mail", new Mail(reader));
        }
    }

    @JobHandler("endless")
    void again() {
        jobQueue.enqueue(JobRequest.of("endless").build());
    }

    @JobHandler("later")
    void later() {
        jobQueue.enqueue(JobRequest.of("mail", new Mail("ada"))
                .delay(Duration.ofMinutes(5))
                .build());
    }
}
