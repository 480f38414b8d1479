package io.jobqueue.quickstart;

import io.jobqueue.JobQueue;
import org.springframework.stereotype.Service;

@Service
class Signup {

    private final JobQueue jobQueue;

    Signup(JobQueue jobQueue) {
        this.jobQueue = jobQueue;
    }

    void register(String address, String name) {
        jobQueue.enqueue("welcome-mail", new WelcomeMail(address, name));
    }
}
