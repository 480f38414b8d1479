package io.jobqueue.benchmarks.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Threads that share a number of calls. */
public final class Callers {

    private Callers() {}

    /** Makes {@code calls} calls from {@code threads} threads and returns how many returned. */
    public static int share(int threads, int calls, IntConsumer call) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger returned = new AtomicInteger();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            callers.add(CallerThreads.start(() -> {
                for (int number = next.getAndIncrement(); number < calls; number = next.getAndIncrement()) {
                    call.accept(number);
                    returned.incrementAndGet();
                }
            }));
        }
        for (Thread caller : callers) {
            caller.join();
        }
        return returned.get();
    }
}
