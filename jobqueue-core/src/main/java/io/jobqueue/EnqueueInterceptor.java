package io.jobqueue;

/**
 * Sees every request of this process before its job is stored: to add headers, to change any option, or to refuse
 * it. Interceptors are called in the order of their registration, on the caller's thread, each with what the one
 * before returned; once a request, also when many are enqueued with one call, where all are called before the first
 * job is stored.
 *
 * <p>One instance serves all callers at once and must be thread-safe.
 */
@FunctionalInterface
public interface EnqueueInterceptor {

    /**
     * Returns the request that is enqueued: the same, or another such as
     * {@code request.toBuilder().header("tenant", tenant).build()}.
     *
     * @param request the caller's request; its queue and id are null unless the caller named them
     * @throws InvalidJobException to refuse the request; nothing is stored and the caller gets it. Any other
     *     exception reaches the caller as well
     */
    JobRequest beforeEnqueue(JobRequest request);
}
