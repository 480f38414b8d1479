package io.jobqueue.engine;

import io.jobqueue.Attributes;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobId;
import io.jobqueue.Names;
import io.jobqueue.Progress;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.JobNotes;
import io.jobqueue.store.JobNotes.Noted;
import io.jobqueue.store.Partition;
import io.jobqueue.store.WorkerSession;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what runs leave with their jobs. Every method returns false when the claim is no longer ours; a note that the
 * store did not take fails no run. Thread-safe.
 */
final class RunNotes {

    private static final Logger log = LoggerFactory.getLogger(RunNotes.class);

    private final JobNotes notes;

    RunNotes(JobNotes notes) {
        this.notes = notes;
    }

    boolean progress(WorkerSession session, ClaimToken token, Progress progress) {
        return write(session, token, () -> notes.progress(session, token, progress));
    }

    /** @throws InvalidJobException when the job would have too many; nothing was stored */
    boolean attributes(WorkerSession session, ClaimToken token, Map<String, @Nullable Object> changes) {
        return changes.isEmpty()
                || write(session, token, () -> {
                    Noted noted = notes.attributes(session, token, changes);
                    if (noted == Noted.TOO_MANY) {
                        throw new InvalidJobException("job "
                                + JobId.of(Partition.queueOf(session.queue()), token.jobId())
                                + ": would have more than " + Attributes.MOST + " attributes with "
                                + Names.shown(changes.keySet().toString()) + "; remove some first, nothing was stored");
                    }
                    return noted == Noted.STORED;
                });
    }

    boolean log(WorkerSession session, ClaimToken token, List<String> lines) {
        return lines.isEmpty() || write(session, token, () -> notes.log(session, token, lines));
    }

    private static boolean write(WorkerSession session, ClaimToken token, Note note) {
        try {
            return note.write();
        } catch (StoreUnavailableException e) {
            log.debug(
                    "A note of job {} was not stored, the run goes on",
                    JobId.of(Partition.queueOf(session.queue()), token.jobId()),
                    e);
            return true;
        }
    }

    /** One note; false when the claim is no longer ours. */
    private interface Note {
        boolean write();
    }
}
