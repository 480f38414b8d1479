package io.jobqueue.store;

import io.jobqueue.Names;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param jobs the jobs; may be fewer than asked for although more follow
 * @param next the cursor of the next page; null after the last
 */
public record JobPage(List<StoredJob> jobs, @Nullable String next) {

    /** Copies the jobs. */
    public JobPage {
        jobs = List.copyOf(jobs);
    }

    /**
     * Returns what a store throws for a cursor that is none of its own.
     *
     * @param pages what it should be a cursor of, such as {@code this list}
     */
    public static IllegalArgumentException noCursor(String cursor, String pages) {
        return new IllegalArgumentException(
                "cursor '" + Names.shown(cursor) + "': is none of " + pages + "; begin again without one");
    }
}
