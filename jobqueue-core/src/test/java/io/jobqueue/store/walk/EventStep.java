package io.jobqueue.store.walk;

import io.jobqueue.JobEvent;
import io.jobqueue.store.EventPage;
import io.jobqueue.store.JobEvents;
import io.jobqueue.store.JobStore;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Steps of somebody who listens. */
final class EventStep {

    private EventStep() {}

    static WalkStep random(WalkState state) {
        String queue = state.queue;
        if (state.random.nextBoolean()) {
            Duration hold = Duration.ofMillis(state.random.nextInt(1, 200_000));
            return WalkStep.of(
                    "watch " + hold, store -> store.events().watch(queue, hold).toString());
        }
        int back = state.random.nextInt(1_200);
        int limit = state.random.nextInt(1, 20);
        return WalkStep.of("since " + back + " before the newest by " + limit, store -> {
            long newest = store.events().since(queue, 0, JobEvents.MOST_KEPT).last();
            EventPage page = store.events().since(queue, Math.max(0, newest - back), limit);
            return page.events().size() + " missed " + page.missed() + " to " + page.last() + " more " + page.more();
        });
    }

    /** Shows the newest events, those of each job in their order: one call may tell of several jobs in any order. */
    static String newest(JobStore store, String queue) {
        EventPage all = store.events().since(queue, 0, JobEvents.MOST_KEPT);
        Map<String, String> byJob = all.events().stream()
                .collect(Collectors.groupingBy(
                        event -> event.id().value(),
                        TreeMap::new,
                        Collectors.mapping(EventStep::shown, Collectors.joining(", "))));
        boolean isComplete = all.last() == all.missed() + all.events().size();
        return all.last() + " missed " + all.missed() + " complete " + isComplete + " " + byJob;
    }

    private static String shown(JobEvent event) {
        return event.kind() + " " + event.type() + " " + event.attempt() + " " + event.at() + " " + event.progress()
                + " " + event.error();
    }
}
