package io.jobqueue.spring;

import io.jobqueue.JobContext;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;

/**
 * Gives {@link JobHandler} methods arguments of a kind of its own, such as the tenant that a header names. Beans of this
 * type are asked in their order for every parameter that is neither a {@link JobContext} nor marked {@link JobHeader};
 * a parameter that none of them supports is the payload. Must be thread-safe.
 */
public interface JobArgumentResolver {

    /** Returns whether it resolves {@code parameter}; asked once, when the handler is registered. */
    boolean supports(MethodParameter parameter);

    /**
     * Returns the argument for one run, which may be null unless the parameter is primitive. Called on the handler's
     * thread before the method; what it throws counts as thrown by the handler, so that a
     * {@link io.jobqueue.PayloadException} fails the job without a retry.
     *
     * @param parameter a parameter it supports
     * @param job the job that is about to run
     */
    @Nullable
    Object resolve(MethodParameter parameter, JobContext job);
}
