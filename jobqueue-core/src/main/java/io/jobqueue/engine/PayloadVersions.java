package io.jobqueue.engine;

import io.jobqueue.InvalidJobException;
import io.jobqueue.JobRequest;
import io.jobqueue.JobType;
import io.jobqueue.Names;
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

    /**
     * Refuses a new payload for a job when its class says another version than the headers of the job, which stay. A class
     * that says none is for every version.
     */
    static void requireSame(String jobId, Map<String, String> headers, Class<?> payload) {
        int version = of(payload);
        if (payload.isAnnotationPresent(JobType.class) && version != of(headers)) {
            throw new InvalidJobException("job '" + Names.shown(jobId) + "': was enqueued with version " + of(headers)
                    + " of its payload, and " + payload.getName() + " is version " + version
                    + "; give a payload of the job's version, or remove the job and enqueue another");
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
