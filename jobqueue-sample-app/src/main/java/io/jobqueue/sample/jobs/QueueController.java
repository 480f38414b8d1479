package io.jobqueue.sample.jobs;

import io.jobqueue.JobQueue;
import io.jobqueue.QueueCounts;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows how full the queues are. */
@RestController
class QueueController {

    private final JobQueue jobQueue;

    QueueController(JobQueue jobQueue) {
        this.jobQueue = jobQueue;
    }

    @GetMapping("/queues")
    List<QueueCounts> counts() {
        return jobQueue.queues().stream().sorted().map(jobQueue::counts).toList();
    }
}
