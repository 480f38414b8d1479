package io.jobqueue.sample.jobs;

import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobSnapshot;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** Finds jobs for people who know an id but not always the queue. */
@Component
class JobSearch {

    private final JobQueue jobQueue;

    JobSearch(JobQueue jobQueue) {
        this.jobQueue = jobQueue;
    }

    JobSnapshot in(String queue, String id) {
        return jobQueue.find(JobId.of(queue, id)).orElseThrow(() -> unknown(queue + "/" + id));
    }

    /** Returns the job of that id in the first queue, by name, that holds one. */
    JobSnapshot everywhere(String id) {
        return jobQueue.queues().stream()
                .sorted()
                .flatMap(queue -> jobQueue.find(JobId.of(queue, id)).stream())
                .findFirst()
                .orElseThrow(() -> unknown(id));
    }

    private static ResponseStatusException unknown(String id) {
        return new ResponseStatusException(
                HttpStatus.NOT_FOUND, "job " + id + ": is unknown; it never was, or its retention is over");
    }
}
