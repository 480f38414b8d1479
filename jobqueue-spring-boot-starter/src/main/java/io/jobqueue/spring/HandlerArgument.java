package io.jobqueue.spring;

import io.jobqueue.JobContext;
import io.jobqueue.PayloadException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where one argument of a handler method comes from. */
@FunctionalInterface
interface HandlerArgument {

    HandlerArgument CONTEXT = (payload, job) -> job;

    HandlerArgument PAYLOAD = (payload, job) -> payload;

    HandlerArgument ALL_HEADERS = (payload, job) -> job.headers();

    @Nullable
    Object resolve(@Nullable Object payload, JobContext job);

    static HandlerArgument header(String name, boolean required) {
        return (payload, job) -> {
            Map<String, String> headers = job.headers();
            String value = headers.get(name);
            if (value == null && required) {
                throw new PayloadException(
                        "job " + job.id() + " of type '" + job.type() + "': has no header '" + name
                                + "'; enqueue it with the header, or mark the parameter required = false",
                        null);
            }
            return value;
        };
    }

    /** A primitive cannot be null, so a job without a payload is refused in words instead of a failed cast. */
    static HandlerArgument primitivePayload(String origin) {
        return (payload, job) -> {
            if (payload == null) {
                throw new PayloadException("job " + job.id() + ": has no payload, but " + origin + " needs one", null);
            }
            return payload;
        };
    }

    static HandlerArgument validatedPayload(PayloadValidator validator, Class<?>... groups) {
        return (payload, job) -> {
            if (payload != null) {
                validator.validate(payload, groups);
            }
            return payload;
        };
    }
}
