package io.jobqueue.sample.parcels;

import io.jobqueue.sample.SampleProperties;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Stands for a remote service that takes its time to answer. */
@Component
class Carrier {

    private final Duration delay;

    Carrier(SampleProperties properties) {
        delay = properties.carrierDelay();
    }

    /** Returns where a parcel is; waits as long as the carrier takes, and ends when it is interrupted. */
    String locate(String parcel) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(delay.toNanos());
        return Math.floorMod(parcel.hashCode(), 10) == 0 ? "lost" : "on its way";
    }
}
