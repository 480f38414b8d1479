package io.jobqueue;

import org.jspecify.annotations.Nullable;

/**
 * Stands around every run of a handler in this process: to observe it, to change its result, or to refuse it.
 * Interceptors are called in the order of their registration, the first around all others, on the thread that runs
 * the handler and under its timeout. A payload that cannot be read fails the job before any of them is called.
 *
 * <p>One instance serves all jobs at once and must be thread-safe.
 */
@FunctionalInterface
public interface JobInterceptor {

    /**
     * Runs what is left of the chain, or does not.
     *
     * @param execution the job and its payload
     * @param chain the interceptors behind this one, then the handler
     * @return the result that is kept for the job, or null: that of the chain, or another
     * @throws Exception whatever the chain threw, or an exception that ends the run in its stead; it is treated as
     *     if the handler had thrown it, so {@link JobOutcomes} and {@link PayloadException} have their meaning
     */
    @Nullable
    Object intercept(JobExecution execution, Chain chain) throws Exception;

    /** The interceptors behind one, then the handler. To be called on the same thread, before the interceptor ends. */
    @FunctionalInterface
    interface Chain {

        /**
         * Runs them. Calling again runs them again.
         *
         * @return the result, or null when there is none
         * @throws Exception what one of them threw
         */
        @Nullable
        Object proceed() throws Exception;
    }
}
