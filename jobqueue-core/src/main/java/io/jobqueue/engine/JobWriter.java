package io.jobqueue.engine;

import io.jobqueue.InvalidJobException;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.Names;
import io.jobqueue.Placement;
import io.jobqueue.codec.DataLabel;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.NewJob;
import java.util.Objects;

/** Turns requests into jobs a store can take: writes the payload, finds the queue, gives an id. Thread-safe. */
final class JobWriter {

    private static final byte[] NO_PAYLOAD = {};

    private final Codecs codecs;
    private final int maxPayloadBytes;
    private final Handlers handlers;
    private final Settings settings;
    private final JobIds ids;
    private final EnqueueInterceptors interceptors;

    JobWriter(
            Codecs codecs,
            int maxPayloadBytes,
            Handlers handlers,
            Settings settings,
            IdGenerator ids,
            EnqueueInterceptors interceptors) {
        this.codecs = codecs;
        this.maxPayloadBytes = maxPayloadBytes;
        this.handlers = handlers;
        this.settings = settings;
        this.ids = new JobIds(ids, settings);
        this.interceptors = interceptors;
    }

    /** Returns the job, or throws {@link InvalidJobException} when it is refused or its payload cannot be stored. */
    PreparedJob write(JobRequest asked) {
        JobRequest request = withVersion(interceptors.apply(asked));
        String queue = request.queue() != null
                ? request.queue()
                : handlers.queueOf(request.type()).orElse(JobQueue.DEFAULT_QUEUE);
        byte[] json = json(request);
        JobSpec spec = new JobSpec(request.type(), stored(request.type(), json), request.priority(), options(request));
        String id = id(request, queue, json);
        Placement placement = request.placement();
        NewJob job = new NewJob(
                id,
                spec,
                request.ifFailed(),
                request.delay(),
                request.runAt(),
                placement != null ? placement : settings.placement(queue),
                request.dedup(),
                null);
        return new PreparedJob(queue, job, request.id() == null && !request.contentId(), request.timing());
    }

    private String id(JobRequest request, String queue, byte[] json) {
        if (request.id() == null && !request.contentId()) {
            return ids.next(queue, request.dedup());
        }
        if (request.dedup() != null) {
            ids.requireNoneGiven(queue, request.dedup());
        }
        return request.contentId() ? ContentId.of(request.type(), json) : Objects.requireNonNull(request.id());
    }

    /** Returns the same job under a new id. */
    PreparedJob renewId(PreparedJob prepared) {
        return prepared.withId(ids.next(prepared.queue(), prepared.job().dedup()));
    }

    /** Returns a payload as it is stored, or throws {@link InvalidJobException} when it cannot be. */
    byte[] payload(String type, Object payload) {
        return stored(type, json(type, payload));
    }

    private byte[] stored(String type, byte[] json) {
        return json.length == 0 ? json : codecs.cipher().encrypt(json, DataLabel.payload(type));
    }

    private byte[] json(JobRequest request) {
        return request.payload() == null ? NO_PAYLOAD : json(request.type(), request.payload());
    }

    private byte[] json(String type, Object payload) {
        requireNoRequest(type, payload);
        byte[] json = codecs.of(type).write(payload);
        if (json.length > maxPayloadBytes) {
            throw new InvalidJobException("type '" + Names.shown(type) + "': payload has " + json.length
                    + " bytes; keep it under " + maxPayloadBytes
                    + " or store it elsewhere and enqueue a reference");
        }
        return json;
    }

    /** A codec would write what there is to see of it, often nothing. */
    private static void requireNoRequest(String type, Object payload) {
        if (payload instanceof JobRequest.Builder) {
            throw new InvalidJobException("type '" + Names.shown(type)
                    + "': payload is a JobRequest.Builder; call build() and enqueue the request");
        }
        if (payload instanceof JobRequest) {
            throw new InvalidJobException(
                    "type '" + Names.shown(type) + "': payload is a JobRequest; enqueue it without a type of its own");
        }
    }

    private static JobRequest withVersion(JobRequest request) {
        int version = request.payload() == null
                ? PayloadVersions.FIRST
                : PayloadVersions.of(request.payload().getClass());
        return version == PayloadVersions.FIRST || request.headers().containsKey(JobRequest.VERSION_HEADER)
                ? request
                : request.toBuilder().version(version).build();
    }

    private static JobOptions options(JobRequest request) {
        if (request.maxAttempts() == null
                && request.backoff() == null
                && request.timeout() == null
                && request.retention() == null
                && request.headers().isEmpty()) {
            return JobOptions.NONE;
        }
        return new JobOptions(
                request.maxAttempts(), request.backoff(), request.timeout(), request.retention(), request.headers());
    }
}
