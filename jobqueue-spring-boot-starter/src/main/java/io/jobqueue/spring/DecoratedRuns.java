package io.jobqueue.spring;

import io.jobqueue.JobExecution;
import io.jobqueue.JobInterceptor;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
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

    private static final long PAUSE = Duration.ofSeconds(10).toNanos();
    private static final int MOST_CAUSES = 20;

    private final TaskDecorator decorators;
    private final AtomicLong toldAt = new AtomicLong(System.nanoTime() - PAUSE);

    /** @param decorators in their order, which Spring's own executors follow too: each around those before it */
    public DecoratedRuns(Collection<TaskDecorator> decorators) {
        this.decorators = new CompositeTaskDecorator(decorators);
    }

    @Override
    public @Nullable Object intercept(JobExecution execution, Chain chain) throws Exception {
        Run run = new Run(chain);
        Map<String, String> mdc = MDC.getCopyOfContextMap();
        try {
            decorators.decorate(run).run();
        } catch (Throwable e) { // a checked one of the handler comes through as well
            if (!run.hasBegun()) {
                throw e;
            }
            if (!run.hasFailedBy(e)) {
                tell(execution, e);
            }
        } finally {
            restore(mdc); // decorators of web applications clear it, and error handlers are still to come
        }
        return run.outcome();
    }

    /** Without messages, which may hold what a job is about; at most now and then, since it may be every job. */
    private void tell(JobExecution execution, Throwable failure) {
        long now = System.nanoTime();
        long last = toldAt.get();
        if (now - last >= PAUSE && toldAt.compareAndSet(last, now)) {
            StackTraceElement[] frames = failure.getStackTrace();
            log.warn(
                    "Job {}: a task decorator failed after the handler had ended ({} at {}); the outcome of the handler"
                            + " stands",
                    execution.job().id(),
                    failure.getClass().getName(),
                    frames.length == 0 ? "an unknown place" : frames[0]);
        }
        log.debug("Job {}: a task decorator failed", execution.job().id(), failure);
    }

    private static void restore(@Nullable Map<String, String> mdc) {
        if (mdc == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(mdc);
        }
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

        /** Returns whether a throwable is what the handler has thrown, or was made of it. */
        boolean hasFailedBy(Throwable thrown) {
            Throwable cause = thrown;
            for (int depth = 0; failure != null && cause != null && depth < MOST_CAUSES; depth++) {
                if (cause == failure || List.of(cause.getSuppressed()).contains(failure)) {
                    return true;
                }
                cause = cause.getCause();
            }
            return false;
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
