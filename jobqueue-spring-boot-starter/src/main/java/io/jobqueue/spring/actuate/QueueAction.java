package io.jobqueue.spring.actuate;

import io.jobqueue.QueueOperations;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** What the endpoint does to a queue. */
enum QueueAction {
    PAUSE {
        @Override
        OptionalLong on(QueueOperations queue) {
            queue.pause();
            return OptionalLong.empty();
        }
    },
    RESUME {
        @Override
        OptionalLong on(QueueOperations queue) {
            queue.resume();
            return OptionalLong.empty();
        }
    },
    DRAIN {
        @Override
        OptionalLong on(QueueOperations queue) {
            return OptionalLong.of(queue.drain());
        }
    };

    /** Returns the action of a name as a request gives it; empty when there is none. */
    static Optional<QueueAction> named(String name) {
        return Arrays.stream(values())
                .filter(action -> action.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /** Does it; returns how many jobs it has erased, or empty when it is none that erases. */
    abstract OptionalLong on(QueueOperations queue);
}
