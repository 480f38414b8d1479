package io.jobqueue.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Makes calls at the same time: a server that answers late, or not at all, does not hold up the calls to others.
 * Thread-safe.
 */
final class ParallelCalls {

    /** Of all callers together; when all are busy the callers make their calls themselves. */
    private static final int MOST_THREADS = 16;

    private final JobThreads threads = new JobThreads("jobqueue-enqueue", MOST_THREADS);

    /**
     * Makes the first call on the calling thread and the others beside it; those that no other thread has begun by then
     * are made on the calling thread as well.
     *
     * @return one future a call, in order; each will have an end without anybody's doing
     */
    <T> List<CompletableFuture<T>> make(List<Supplier<T>> calls) {
        List<Call<T>> begun = calls.stream().map(Call<T>::new).toList();
        begun.stream().skip(1).forEach(this::offer);
        begun.forEach(Call::run);
        return begun.stream().map(Call::end).toList();
    }

    private void offer(Runnable call) {
        try {
            threads.execute(call);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            return; // closed meanwhile, or no more threads: the caller makes it
        }
    }

    /** Needs no more threads; calls that are under way end. */
    void close() {
        threads.close();
    }

    private record Call<T>(Supplier<T> call, AtomicBoolean begun, CompletableFuture<T> end) implements Runnable {

        Call(Supplier<T> call) {
            this(call, new AtomicBoolean(), new CompletableFuture<>());
        }

        /** Makes the call unless another thread has begun it. */
        @Override
        public void run() {
            if (begun.compareAndSet(false, true)) {
                try {
                    end.complete(call.get());
                } catch (Throwable e) { // whoever waits for the end gets it
                    end.completeExceptionally(e);
                }
            }
        }
    }
}
