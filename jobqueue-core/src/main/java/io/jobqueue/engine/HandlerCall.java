package io.jobqueue.engine;

import io.jobqueue.Handler;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobExecution;
import io.jobqueue.JobInterceptor;
import io.jobqueue.LockedPayloadException;
import io.jobqueue.Names;
import io.jobqueue.PayloadException;
import io.jobqueue.codec.DataLabel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls a handler: reads the payload for it and writes what it returns. Throws nothing. Thread-safe. */
final class HandlerCall {

    private final Codecs codecs;
    private final Upcasters upcasters;
    private final List<JobInterceptor> interceptors;
    private final int maxResultBytes;

    HandlerCall(Codecs codecs, Upcasters upcasters, List<JobInterceptor> interceptors, int maxResultBytes) {
        this.codecs = codecs;
        this.upcasters = upcasters;
        this.interceptors = List.copyOf(interceptors);
        this.maxResultBytes = maxResultBytes;
    }

    AttemptResult make(HandlerDefinition handler, RunningJob job) {
        Object payload;
        try {
            payload = read(job, handler);
        } catch (LockedPayloadException e) { // another process may have the key
            return new AttemptResult.Unreadable(String.valueOf(e.getMessage()));
        } catch (Throwable e) { // codecs, ciphers and upcasters are user code too
            return failed(e);
        }
        Object result;
        try {
            result = Interception.around(
                            () -> call(handler, payload, job), interceptors, new JobExecution(job, payload))
                    .proceed();
        } catch (Throwable e) { // errors fail the attempt like exceptions do
            return failed(e);
        }
        try {
            return new AttemptResult.Returned(write(result, handler));
        } catch (Throwable e) { // the handler has done its work: running it again would not help
            return new AttemptResult.Hopeless(e);
        }
    }

    /** A payload exception says itself that trying again gives the same answer. */
    private static AttemptResult failed(Throwable e) {
        return e instanceof PayloadException ? new AttemptResult.Hopeless(e) : new AttemptResult.Threw(e);
    }

    private @Nullable Object read(RunningJob job, HandlerDefinition handler) {
        byte[] stored = job.claim().spec().payload();
        if (stored.length == 0) {
            return null;
        }
        byte[] json = codecs.cipher().decrypt(stored, DataLabel.payload(handler.type()));
        return codecs.of(handler.type()).read(upcasters.upcast(json, job, handler), handler.payloadType());
    }

    // The payload was read as the type the handler was registered with, and is null for a job without one.
    @SuppressWarnings({"unchecked", "NullAway"})
    private static @Nullable Object call(HandlerDefinition handler, @Nullable Object payload, RunningJob job)
            throws Exception {
        return ((Handler<Object, ?>) handler.handler()).handle(payload, job);
    }

    private byte @Nullable [] write(@Nullable Object result, HandlerDefinition handler) {
        if (result == null) {
            return null;
        }
        byte[] json = codecs.of(handler.type()).write(result);
        if (json.length > maxResultBytes) {
            throw new InvalidJobException("type '" + Names.shown(handler.type()) + "': result has " + json.length
                    + " bytes; keep it under " + maxResultBytes + " or store it elsewhere and return a reference");
        }
        return codecs.cipher().encrypt(json, DataLabel.result(handler.type()));
    }
}
