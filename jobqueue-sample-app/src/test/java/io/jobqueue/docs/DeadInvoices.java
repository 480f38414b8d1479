package io.jobqueue.docs;

import io.jobqueue.JobId;
import io.jobqueue.spring.event.JobDeadEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

@Component
class DeadInvoices {

    private final List<JobId> found = new CopyOnWriteArrayList<>();

    @EventListener
    void onDead(JobDeadEvent event) {
        if (event.type().equals("invoice")) {
            found.add(event.id());
        }
    }

    List<JobId> found() {
        return List.copyOf(found);
    }
}
