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

    /** What was done, in order. */
    public final List<String> order = new ArrayList<>();

    private final JobQueue jobQueue;

    Mails(JobQueue jobQueue) {
        this.jobQueue = jobQueue;
    }

    @JobHandler(value = "mail", queue = "mails")
    String send(Mail mail) throws IOException {
        threads.add(Thread.currentThread());
        order.add(mail.to());
        if (mail.to().equals("nobody")) {
            throw new IOException("no such mailbox");
        }
        return "sent to " + mail.to();
    }

    @JobHandler("newsletter")
    void sendToAll(List<String> readers) {
        order.add("newsletter begins");
        for (String reader : readers) {
            jobQueue.enqueue("mail", new Mail(reader));
        }
        order.add("newsletter ends");
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

    @JobHandler("asking")
    String ask(String name) {
        JobRequest request = JobRequest.of("mail", new Mail(name)).build();
        return "heard: " + jobQueue.enqueueAndWait(request, String.class, Duration.ofSeconds(20));
    }
}
