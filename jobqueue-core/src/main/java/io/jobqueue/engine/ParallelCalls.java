package io.jobqueue.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Makes calls at the same time: a server that answers late, or not at all, does not hold up the calls to others.
 * Thread-safe.
 */
final class ParallelCalls {

    /** Of all callers together; when all are busy the callers make their calls themselves. */
    private static final int MOST_THREADS = 16;

    private static final long LONG_WAIT_NANOS = Duration.ofMillis(250).toNanos();

    private final LongSupplier nanos;
    private final JobThreads threads = new JobThreads("jobqueue-enqueue", MOST_THREADS);

    /** @param nanos a clock that never goes back */
    ParallelCalls(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Makes the first call on the calling thread and the others beside it; those that no other thread has begun by then
     * are made on the calling thread as well. When a call fails after a long wait, those that have not begun are not made: a
     * caller waits for one time limit and not for that of every call.
     *
     * @return one future a call, in order; each will have an end without anybody's doing, that of a call which was not made
     *     is a {@link CancellationException}
     */
    <T> List<CompletableFuture<T>> make(List<Supplier<T>> calls) {
        AtomicBoolean gaveUp = new AtomicBoolean();
        List<Call<T>> begun =
                calls.stream().map(call -> new Call<T>(call, gaveUp)).toList();
        begun.stream().skip(1).forEach(this::offer);
        begun.forEach(Call::run);
        return begun.stream().map(Call<T>::end).toList();
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

    private final class Call<T> implements Runnable {

        private final Supplier<T> call;
        private final AtomicBoolean gaveUp;
        private final AtomicBoolean begun = new AtomicBoolean();
        private final CompletableFuture<T> end = new CompletableFuture<>();

        /** @param gaveUp whether a call of the same caller has failed after a long wait */
        Call(Supplier<T> call, AtomicBoolean gaveUp) {
            this.call = call;
            this.gaveUp = gaveUp;
        }

        CompletableFuture<T> end() {
            return end;
        }

        /** Makes the call unless another thread has begun it. */
        @Override
        public void run() {
            if (!begun.compareAndSet(false, true)) {
                return;
            }
            if (gaveUp.get()) {
                end.cancel(false);
                return;
            }
            long start = nanos.getAsLong();
            try {
                end.complete(call.get());
            } catch (Throwable e) { // whoever waits for the end gets it
                if (nanos.getAsLong() - start > LONG_WAIT_NANOS) {
                    gaveUp.set(true);
                }
                end.completeExceptionally(e);
            }
        }
    }
}
