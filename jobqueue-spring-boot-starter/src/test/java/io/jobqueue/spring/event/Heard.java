package io.jobqueue.spring.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.springframework.context.event.EventListener;

/** A listener of the application that notes every event. */
class Heard {

    private final BlockingQueue<JobQueueEvent> events = new LinkedBlockingQueue<>();

    @EventListener
    void on(JobQueueEvent event) {
        events.add(event);
    }

    JobQueueEvent next() throws InterruptedException {
        JobQueueEvent event = events.poll(20, TimeUnit.SECONDS);
        assertThat(event).as("next event").isNotNull();
        return Objects.requireNonNull(event);
    }

    boolean nothingMore() {
        return events.isEmpty();
    }
}
