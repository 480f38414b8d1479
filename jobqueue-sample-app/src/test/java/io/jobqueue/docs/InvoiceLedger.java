package io.jobqueue.docs;

import io.jobqueue.JobEvent;
import io.jobqueue.JobListener;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

@Component
class InvoiceLedger implements JobListener {

    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();

    @Override
    public Set<String> queues() {
        return Set.of("billing");
    }

    @Override
    public void onEvent(JobEvent event) {
        if (event.kind() == JobEvent.Kind.FAILED) {
            failed.incrementAndGet();
        }
    }

    @Override
    public void onMissed(String queue, long count) {
        missed.addAndGet(count);
    }
}
