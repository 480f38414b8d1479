package io.jobqueue.sample.jobs;

import io.jobqueue.Cancellation;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Shows and cancels jobs of any queue. */
@RestController
@RequestMapping("/jobs")
class JobController {

    private final JobQueue jobQueue;
    private final JobSearch search;

    JobController(JobQueue jobQueue, JobSearch search) {
        this.jobQueue = jobQueue;
        this.search = search;
    }

    /** The answer to a cancel. */
    record Cancelled(String id, String queue, Cancellation cancellation) {}

    @GetMapping("/{id}")
    JobView show(@PathVariable String id) {
        return JobView.of(search.everywhere(id));
    }

    @GetMapping("/{queue}/{id}")
    JobView show(@PathVariable String queue, @PathVariable String id) {
        return JobView.of(search.in(queue, id));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Cancelled> cancel(@PathVariable String id) {
        return cancel(search.everywhere(id).id());
    }

    @DeleteMapping("/{queue}/{id}")
    ResponseEntity<Cancelled> cancel(@PathVariable String queue, @PathVariable String id) {
        return cancel(JobId.of(queue, id));
    }

    private ResponseEntity<Cancelled> cancel(JobId id) {
        Cancellation cancellation = jobQueue.cancel(id);
        Cancelled answer = new Cancelled(id.value(), id.queue(), cancellation);
        return switch (cancellation) {
            case CANCELLED -> ResponseEntity.ok(answer);
            case REQUESTED -> ResponseEntity.accepted().body(answer);
            case ENDED -> throw refused(HttpStatus.CONFLICT, id, "has already ended");
            case NOT_FOUND -> throw refused(HttpStatus.NOT_FOUND, id, "is unknown");
        };
    }

    private static ResponseStatusException refused(HttpStatus status, JobId id, String reason) {
        return new ResponseStatusException(status, "job " + id + ": " + reason);
    }
}
