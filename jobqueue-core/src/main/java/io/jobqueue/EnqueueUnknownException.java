package io.jobqueue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An enqueue of which it is not known whether its jobs are stored as the queue asks for: there was no answer, they are
 * written but were not {@linkplain Durability confirmed} in time, or a part of a larger call is stored. They may run.
 *
 * <p>Enqueue the same requests again with {@linkplain #ids() these ids}, at once or later: what was stored is not stored
 * again as long as it is kept, and the call returns once all is as safe as the queue asks for.
 */
public class EnqueueUnknownException extends StoreUnavailableException {

    private static final long serialVersionUID = 1L;

    private final transient List<JobId> ids;

    /**
     * Says which jobs it is about, and what is known.
     *
     * @param ids the ids of all jobs of the call, at least one
     */
    public EnqueueUnknownException(List<JobId> ids, String known, @Nullable Throwable cause) {
        super(
                shown(ids) + " may be stored (" + known + "); enqueue the same again with the same id"
                        + (ids.size() == 1 ? "" : "s") + ", nothing is stored twice",
                Outcome.UNKNOWN,
                cause);
        this.ids = List.copyOf(ids);
    }

    private static String shown(List<JobId> ids) {
        String first = Names.shown(ids.get(0).toString());
        return ids.size() == 1 ? "job " + first : ids.size() + " jobs, the first of them " + first + ",";
    }

    /** Returns the ids of all jobs of the call, those that were generated too, in the order of its requests. */
    public List<JobId> ids() {
        return ids;
    }
}
