package io.jobqueue.engine;

import io.jobqueue.JobData;
import io.jobqueue.JobId;
import io.jobqueue.JobSnapshot;
import io.jobqueue.codec.DataLabel;
import io.jobqueue.store.StoredJob;
import org.jspecify.annotations.Nullable;

/** Shows stored jobs as applications see them. */
final class JobReader {

    private final Codecs codecs;

    JobReader(Codecs codecs) {
        this.codecs = codecs;
    }

    JobSnapshot read(JobId id, StoredJob stored) {
        String type = stored.spec().type();
        return new JobSnapshot(
                id,
                type,
                stored.state(),
                new CodecData(stored.spec().payload(), DataLabel.payload(type), codecs),
                stored.spec().priority(),
                stored.attempts(),
                stored.crashes(),
                stored.spec().options().headers(),
                stored.createdAt(),
                stored.dueAt(),
                stored.finishedAt(),
                stored.progress(),
                stored.attributes(),
                data(type, stored.result()),
                stored.error());
    }

    /** Returns a result of a job type as data; null for null. */
    @Nullable
    JobData data(String type, byte @Nullable [] stored) {
        return stored == null ? null : new CodecData(stored, DataLabel.result(type), codecs);
    }

    /** Returns a result of a job type read as {@code as}; null for null, for JSON's null, and for a void type. */
    <T> @Nullable T result(String type, byte @Nullable [] stored, Class<T> as) {
        return stored == null || as == Void.class || as == void.class
                ? null
                : new CodecData(stored, DataLabel.result(type), codecs).read(as);
    }
}
