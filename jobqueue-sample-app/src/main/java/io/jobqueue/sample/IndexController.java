package io.jobqueue.sample;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says what there is to try. */
@RestController
class IndexController {

    private static final String INDEX = """
            jobqueue sample application

            POST   /thumbnails              multipart part "photo": queue a photo, 202 with the job's location
            POST   /thumbnails?wait=true    the same, answered with the medium thumbnail
            GET    /thumbnails/{id}/{size}  a thumbnail: small, medium or large
            POST   /imports                 a CSV of orders (text/csv, or multipart part "file"): one job a row
            POST   /imports?id={import}     the same under an id of yours: safe to repeat
            GET    /imports/{import}        how far its rows have come
            POST   /parcels?count={n}       ask a slow carrier about n parcels: one job a parcel
            GET    /parcels                 how many checks are left
            GET    /jobs/{id}               a job: state, progress, attempts, result or error
            GET    /jobs/{queue}/{id}       the same without searching the queues
            DELETE /jobs/{id}               cancel a job
            DELETE /jobs/{queue}/{id}       the same without searching the queues
            GET    /queues                  how many jobs each queue has in each state
            GET    /actuator/health         the store, the workers
            GET    /actuator/jobqueue       queues, workers, handlers, settings
            GET    /actuator/metrics        the meters
            GET    /actuator/prometheus     the meters, for a scrape
            """;

    @GetMapping(path = "/", produces = MediaType.TEXT_PLAIN_VALUE)
    String index() {
        return INDEX;
    }
}
