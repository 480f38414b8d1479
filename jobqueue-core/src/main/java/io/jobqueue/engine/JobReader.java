package io.jobqueue.engine;

import io.jobqueue.Job;
import io.jobqueue.JobData;
import io.jobqueue.JobId;
import io.jobqueue.codec.PayloadCodec;
import io.jobqueue.store.StoredJob;
import org.jspecify.annotations.Nullable;

/** Shows stored jobs as applications see them. */
final class JobReader {

    private final PayloadCodec codec;

    JobReader(PayloadCodec codec) {
        this.codec = codec;
    }

    Job read(JobId id, StoredJob stored) {
        return new Job(
                id,
                stored.spec().type(),
                stored.state(),
                new CodecData(stored.spec().payload(), codec),
                stored.spec().priority(),
                stored.attempts(),
                stored.crashes(),
                stored.spec().options().headers(),
                stored.createdAt(),
                stored.dueAt(),
                stored.finishedAt(),
                stored.progress(),
                data(stored.result()),
                stored.error());
    }

    /** Returns the bytes as data; null for null. */
    @Nullable
    JobData data(byte @Nullable [] json) {
        return json == null ? null : new CodecData(json, codec);
    }

    /** Returns the bytes read as {@code type}; null for null, for JSON's null, and for a void type. */
    <T> @Nullable T result(byte @Nullable [] json, Class<T> type) {
        return json == null || type == Void.class || type == void.class ? null : CodecData.read(json, codec, type);
    }
}
