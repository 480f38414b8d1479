package io.jobqueue.spring;

import io.jobqueue.Job;
import io.jobqueue.JobContext;
import io.jobqueue.PayloadException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;

/** Where one argument of a handler method comes from. */
@FunctionalInterface
interface HandlerArgument {

    HandlerArgument CONTEXT = (payload, job) -> job;

    HandlerArgument PAYLOAD = (payload, job) -> payload;

    HandlerArgument ALL_HEADERS = (payload, job) -> job.headers();

    @Nullable
    Object resolve(@Nullable Object payload, JobContext job);

    /** The payload and the context as one. */
    static HandlerArgument job(HandlerArgument payload) {
        return (value, job) -> new Job<>(payload.resolve(value, job), job);
    }

    /** What the application's own resolver gives; a primitive cannot be null. */
    static HandlerArgument resolved(JobArgumentResolver resolver, MethodParameter parameter, String origin) {
        return (payload, job) -> {
            Object value = resolver.resolve(parameter, job);
            if (value == null && parameter.getParameterType().isPrimitive()) {
                throw new IllegalStateException(
                        origin + ": " + resolver.getClass().getName() + " gives nothing for the parameter "
                                + parameter.getParameterIndex() + ", which cannot be null");
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
