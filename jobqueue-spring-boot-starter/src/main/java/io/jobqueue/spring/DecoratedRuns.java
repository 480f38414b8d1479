package io.jobqueue.spring;

import io.jobqueue.JobExecution;
import io.jobqueue.JobInterceptor;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.CompositeTaskDecorator;

/**
 * Lets the {@link TaskDecorator}s of an application stand around every run, on its thread, outside of all interceptors.
 * What a decorator throws before the handler is called fails the attempt as if the handler had thrown it, and so does one
 * that does not call it; what it throws afterwards is logged, and the handler's outcome stands. Thread-safe as far as they
 * are.
 */
public final class DecoratedRuns implements JobInterceptor {

    private static final Logger log = LoggerFactory.getLogger(DecoratedRuns.class);

    private final TaskDecorator decorators;

    /** @param decorators in their order, which Spring's own executors follow too: each around those before it */
    public DecoratedRuns(Collection<TaskDecorator> decorators) {
        this.decorators = new CompositeTaskDecorator(decorators);
    }

    @Override
    public @Nullable Object intercept(JobExecution execution, Chain chain) throws Exception {
        Run run = new Run(chain);
        try {
            decorators.decorate(run).run();
        } catch (Throwable e) { // a checked one of the handler comes through as well
            if (!run.hasBegun()) {
                throw e;
            }
            if (e != run.failure()) {
                log.warn(
                        "Job {}: a task decorator failed after the handler had ended; the outcome of the handler stands",
                        execution.job().id(),
                        e);
            }
        }
        return run.outcome();
    }

    /** What is decorated: the rest of the chain, once and on this thread. */
    private static final class Run implements Runnable {

        private final Chain chain;
        private final Thread thread = Thread.currentThread();
        private boolean begun;
        private @Nullable Object result;
        private @Nullable Throwable failure;

        Run(Chain chain) {
            this.chain = chain;
        }

        @Override
        public void run() {
            if (Thread.currentThread() != thread) {
                throw new IllegalStateException(
                        "a job runs on the thread that its worker has given it; a task decorator"
                                + " called it on another");
            }
            if (begun) {
                throw new IllegalStateException("a job runs once; a task decorator called it again");
            }
            begun = true;
            try {
                result = chain.proceed();
            } catch (Throwable e) {
                failure = e;
                DecoratedRuns.<RuntimeException>rethrow(e);
            }
        }

        boolean hasBegun() {
            return begun;
        }

        @Nullable
        Throwable failure() {
            return failure;
        }

        @Nullable
        Object outcome() throws Exception {
            if (!begun) {
                throw new IllegalStateException(
                        "the handler was not called: a task decorator did not run what it was" + " given");
            }
            if (failure != null) {
                DecoratedRuns.<Exception>rethrow(failure);
            }
            return result;
        }
    }

    /** Throws what decorators of tasks must see as it is, checked or not. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void rethrow(Throwable failure) throws E {
        throw (E) failure;
    }
}
