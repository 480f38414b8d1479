package io.jobqueue.engine;

import io.jobqueue.Dedup;
import io.jobqueue.InvalidJobException;
import io.jobqueue.Names;
import io.jobqueue.store.Partition;
import org.jspecify.annotations.Nullable;

/** Gives ids that fall into the same partition as the dedup key beside them. Thread-safe. */
final class JobIds {

    private final IdGenerator generator;
    private final Settings settings;

    JobIds(IdGenerator generator, Settings settings) {
        this.generator = generator;
        this.settings = settings;
    }

    /** Returns a new id; tries about as many as the queue has partitions when there is a key. */
    String next(String queue, @Nullable Dedup dedup) {
        int partitions = dedup == null ? 1 : settings.partitions(queue);
        String id = generator.next();
        if (dedup == null || partitions == 1) {
            return id;
        }
        int wanted = Partition.numberFor(dedup.key(), partitions);
        while (Partition.numberFor(id, partitions) != wanted) {
            id = generator.next();
        }
        return id;
    }

    /** Refuses an id of the caller's beside a dedup key where they would often fall into two partitions. */
    void requireNoneGiven(String queue, Dedup dedup) {
        int partitions = settings.partitions(queue);
        if (partitions > 1) {
            throw new InvalidJobException(
                    "dedup key '" + Names.shown(dedup.key()) + "': comes with an id of its own, and queue '"
                            + Names.shown(queue) + "' has " + partitions
                            + " partitions, of which each keeps its own keys; leave the id out, or the key");
        }
    }
}
