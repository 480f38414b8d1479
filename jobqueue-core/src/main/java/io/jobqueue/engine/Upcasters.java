package io.jobqueue.engine;

import io.jobqueue.InvalidJobException;
import io.jobqueue.JobRequest;
import io.jobqueue.Names;
import io.jobqueue.PayloadException;
import io.jobqueue.PayloadUpcaster;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings stored payloads to the version a handler reads. Thread-safe. */
final class Upcasters {

    private final Map<Step, PayloadUpcaster> steps = new HashMap<>();

    private record Step(String type, int from) {

        @Override
        public String toString() {
            return "type '" + type + "', version " + from + " to " + (from + 1);
        }
    }

    /** Throws {@link InvalidJobException} when two do the same step. */
    Upcasters(Collection<PayloadUpcaster> upcasters) {
        for (PayloadUpcaster upcaster : upcasters) {
            Step step = new Step(
                    Names.require("type of upcaster " + upcaster.getClass().getName(), upcaster.type()),
                    PayloadVersions.require("upcaster " + upcaster.getClass().getName(), upcaster.fromVersion()));
            PayloadUpcaster first = steps.putIfAbsent(step, upcaster);
            if (first != null) {
                throw new InvalidJobException(step + ": has two upcasters, "
                        + first.getClass().getName() + " and "
                        + upcaster.getClass().getName() + "; remove one");
            }
        }
    }

    /**
     * Returns the payload as the handler reads it.
     *
     * @throws PayloadException when a step is missing, or the job does not say its version
     */
    byte[] upcast(byte[] json, RunningJob job, HandlerDefinition handler) {
        int stored = PayloadVersions.of(job.headers());
        if (stored == PayloadVersions.UNREADABLE) {
            throw new PayloadException(
                    "header '" + JobRequest.VERSION_HEADER + "' is '"
                            + Names.shown(String.valueOf(job.headers().get(JobRequest.VERSION_HEADER)))
                            + "', which is no version; enqueue with JobRequest.Builder.version",
                    null);
        }
        byte[] current = json;
        for (int version = stored; version < handler.version(); version++) {
            current = upcast(current, new Step(job.type(), version));
        }
        return current;
    }

    private byte[] upcast(byte[] json, Step step) {
        PayloadUpcaster upcaster = steps.get(step);
        if (upcaster == null) {
            throw new PayloadException(step + ": no upcaster; register a PayloadUpcaster for this step", null);
        }
        return requireJson(upcaster.upcast(json), step);
    }

    private static byte[] requireJson(byte @Nullable [] json, Step step) {
        if (json == null) {
            throw new PayloadException(step + ": its upcaster returned null; return the payload as JSON", null);
        }
        return json;
    }
}
