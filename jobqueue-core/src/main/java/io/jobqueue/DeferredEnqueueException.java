package io.jobqueue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transaction has committed, and jobs that were enqueued in it could not be stored, or perhaps not. The transaction is
 * not undone. Enqueue the same requests again with {@linkplain #ids() these ids}: what was stored is not stored again as
 * long as it is kept.
 */
public class DeferredEnqueueException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private static final int MOST_SHOWN = 100;

    private final transient List<JobId> ids;

    /**
     * Says which jobs it is about, and why.
     *
     * @param ids the jobs that are not stored for certain, at least one
     * @param why what happened, to be read after a colon
     */
    public DeferredEnqueueException(List<JobId> ids, String why, @Nullable Throwable cause) {
        super(
                "the transaction has committed, but " + ids.size() + (ids.size() == 1 ? " job" : " jobs")
                        + " enqueued in it may not be stored (" + shown(ids) + "): " + why
                        + "; enqueue the same again with the same ids, nothing is stored twice",
                cause);
        this.ids = List.copyOf(ids);
    }

    private static String shown(List<JobId> ids) {
        String some = String.join(
                ", ",
                ids.stream()
                        .limit(MOST_SHOWN)
                        .map(id -> Names.shown(id.toString()))
                        .toList());
        return ids.size() > MOST_SHOWN ? some + " and " + (ids.size() - MOST_SHOWN) + " more" : some;
    }

    /** Returns the jobs that are not stored for certain, in the order of their enqueue. */
    public List<JobId> ids() {
        return ids;
    }
}
