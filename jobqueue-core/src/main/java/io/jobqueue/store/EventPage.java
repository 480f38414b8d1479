package io.jobqueue.store;

import io.jobqueue.JobEvent;
import java.util.List;

/**
 * Events of a queue, oldest first.
 *
 * @param events the events
 * @param missed how many came before them and after the number that was asked for, but are not kept any more
 * @param last the number to read on from
 * @param more whether more follow already
 */
public record EventPage(List<JobEvent> events, long missed, long last, boolean more) {

    /** Takes a copy of the events. */
    public EventPage {
        events = List.copyOf(events);
    }
}
