package io.jobqueue.sample.parcels;

import io.jobqueue.spring.JobHandler;
import org.springframework.stereotype.Component;

/** Asks the carrier about one parcel. */
@Component
class ParcelCheckHandler {

    static final String TYPE = "parcel-check";
    static final String QUEUE = "parcels";

    private final Carrier carrier;

    ParcelCheckHandler(Carrier carrier) {
        this.carrier = carrier;
    }

    @JobHandler(value = TYPE, queue = QUEUE)
    String check(ParcelCheck check) throws InterruptedException {
        return carrier.locate(check.number());
    }
}
