package io.jobqueue.store.memory;

import io.jobqueue.store.JobSignals.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to know that a queue has new events. Thread-safe. */
final class EventHints {

    private static final Logger log = LoggerFactory.getLogger(EventHints.class);

    private final List<Hint> hints = new CopyOnWriteArrayList<>();

    Subscription add(Runnable hint) {
        Hint added = new Hint(hint);
        hints.add(added);
        added.give();
        return added;
    }

    void giveAll() {
        hints.forEach(Hint::give);
    }

    private final class Hint implements Subscription {

        private final Runnable hint;

        Hint(Runnable hint) {
            this.hint = hint;
        }

        void give() {
            try {
                hint.run();
            } catch (RuntimeException e) {
                log.warn("A hint that there are events failed; it is dropped", e);
            }
        }

        @Override
        public void close() {
            hints.remove(this);
        }
    }
}
