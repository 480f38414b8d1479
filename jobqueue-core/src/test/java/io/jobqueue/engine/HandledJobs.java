package io.jobqueue.engine;

import java.util.ArrayList;
import java.util.List;

/** Benches whose handler notes the payloads it was given. */
abstract class HandledJobs {

    final List<String> handled = new ArrayList<>();

    String handle(String payload) {
        handled.add(payload);
        return payload;
    }

    WorkerBench bench(int slots) {
        return WorkerBench.of(slots, (payload, job) -> handle(payload));
    }
}
