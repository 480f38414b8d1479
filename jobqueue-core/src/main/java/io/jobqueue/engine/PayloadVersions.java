package io.jobqueue.engine;

import io.jobqueue.InvalidJobException;
import io.jobqueue.JobRequest;
import io.jobqueue.JobType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;

/** Which version a payload is of: what its class says, or the header it was enqueued with. */
final class PayloadVersions {

    static final int FIRST = 1;

    /** Stands for a header that names no version. */
    static final int UNREADABLE = 0;

    private static final ClassValue<Integer> VERSIONS = new ClassValue<>() {
        @Override
        protected Integer computeValue(Class<?> type) {
            JobType named = type.getAnnotation(JobType.class);
            return named == null ? FIRST : require(type.getName(), named.version());
        }
    };

    private PayloadVersions() {}

    /** Returns the version that the class of a payload says, 1 when it says none. */
    static int of(Type payloadType) {
        if (payloadType instanceof ParameterizedType parameterized) {
            return of(parameterized.getRawType());
        }
        return payloadType instanceof Class<?> payloadClass ? VERSIONS.get(payloadClass) : FIRST;
    }

    /** Returns the version that the headers of a job say, 1 when they say none. */
    static int of(Map<String, String> headers) {
        String version = headers.get(JobRequest.VERSION_HEADER);
        if (version == null) {
            return FIRST;
        }
        try {
            return Math.max(UNREADABLE, Integer.parseInt(version));
        } catch (NumberFormatException e) {
            return UNREADABLE;
        }
    }

    /** Returns {@code version} when it is one. */
    static int require(String what, int version) {
        if (version < FIRST) {
            throw new InvalidJobException(what + ": version " + version + " must be at least " + FIRST);
        }
        return version;
    }
}
