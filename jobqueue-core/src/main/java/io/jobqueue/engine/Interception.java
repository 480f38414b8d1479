package io.jobqueue.engine;

import io.jobqueue.JobExecution;
import io.jobqueue.JobInterceptor;
import io.jobqueue.JobInterceptor.Chain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The interceptors of one run from a certain one on, then its handler. */
final class Interception implements Chain {

    private final List<JobInterceptor> interceptors;
    private final int next;
    private final JobExecution execution;
    private final Chain handler;

    private Interception(List<JobInterceptor> interceptors, int next, JobExecution execution, Chain handler) {
        this.interceptors = interceptors;
        this.next = next;
        this.execution = execution;
        this.handler = handler;
    }

    /** Returns the whole chain around {@code handler}. */
    static Chain around(Chain handler, List<JobInterceptor> interceptors, JobExecution execution) {
        return interceptors.isEmpty() ? handler : new Interception(interceptors, 0, execution, handler);
    }

    @Override
    public @Nullable Object proceed() throws Exception {
        return next == interceptors.size()
                ? handler.proceed()
                : interceptors
                        .get(next)
                        .intercept(execution, new Interception(interceptors, next + 1, execution, handler));
    }
}
