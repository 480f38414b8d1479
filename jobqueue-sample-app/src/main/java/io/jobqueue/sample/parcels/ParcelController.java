package io.jobqueue.sample.parcels;

import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.QueueCounts;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Queues checks of many parcels with one call. */
@RestController
@RequestMapping("/parcels")
class ParcelController {

    private static final int MOST = 100_000;

    private final JobQueue jobQueue;

    ParcelController(JobQueue jobQueue) {
        this.jobQueue = jobQueue;
    }

    /** How many checks were queued. */
    record Queued(int parcels) {}

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    Queued check(@RequestParam int count) {
        if (count < 1 || count > MOST) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "count " + count + ": must be 1 to " + MOST);
        }
        String shipment = UUID.randomUUID().toString();
        List<JobRequest> checks = IntStream.range(0, count)
                .mapToObj(number -> JobRequest.of(ParcelCheckHandler.TYPE, new ParcelCheck(shipment + "-" + number))
                        .queue(ParcelCheckHandler.QUEUE)
                        .build())
                .toList();
        return new Queued(jobQueue.enqueueAll(checks).size());
    }

    @GetMapping
    QueueCounts counts() {
        return jobQueue.counts(ParcelCheckHandler.QUEUE);
    }
}
