package io.jobqueue.spring;

import io.jobqueue.JobContext;
import io.jobqueue.PayloadException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;

/**
 * A header of the job, read as the type of its parameter.
 *
 * @param name the header's name
 * @param type what its text is read as
 * @param required whether a job without it fails
 * @param optional whether it is given inside of an {@link Optional}
 * @param conversions reads the text
 */
record HeaderArgument(
        String name, TypeDescriptor type, boolean required, boolean optional, ConversionService conversions)
        implements HandlerArgument {

    static final TypeDescriptor TEXT = TypeDescriptor.valueOf(String.class);

    @Override
    public @Nullable Object resolve(@Nullable Object payload, JobContext job) {
        String text = job.headers().get(name);
        if (text == null && required) {
            throw new PayloadException(
                    about(job) + "has no header '" + name
                            + "'; enqueue it with the header, or mark the parameter required = false",
                    null);
        }
        @Nullable Object value = text == null ? null : read(text, job);
        return optional ? Optional.ofNullable(value) : value;
    }

    /** Says nothing about the text, also not by a cause: it may be as secret as the payload. */
    private @Nullable Object read(String text, JobContext job) {
        if (type.getType() == String.class) {
            return text;
        }
        @Nullable Object value;
        try {
            value = conversions.convert(text, TEXT, type);
        } catch (RuntimeException e) { // converters are user code too
            throw unreadable(job);
        }
        if (value == null && required) {
            throw unreadable(job);
        }
        return value;
    }

    private PayloadException unreadable(JobContext job) {
        return new PayloadException(
                about(job) + "its header '" + name + "' cannot be read as " + type.getResolvableType()
                        + "; enqueue it with a text that can",
                null);
    }

    private static String about(JobContext job) {
        return "job " + job.id() + " of type '" + job.type() + "': ";
    }
}
